"""Loops, and too much of everything: memory, files, output."""

from tests.grading.hostile.rows import HONEST, Row, harms, plain, with_stub

LOOPS = {
    "a loop at import": plain("while True: pass", "until it is killed", says="never finishes being imported"),
    "a loop that swallows every exception": harms(
        """
        def harm():
            while True:
                try:
                    while True: pass
                except BaseException: pass
        """,
        "until it is killed",
        says="still running",
    ),
    "a loop that hears no signal": harms(
        """
        import signal
        def harm():
            signal.pthread_sigmask(signal.SIG_BLOCK, range(1, 65))
            while True: pass
        """,
        "until it is killed",
        says="still running",
    ),
    "a loop that ignores every signal at import": plain(
        """
        import signal
        for each in range(1, 65):
            try: signal.signal(each, signal.SIG_IGN)
            except (OSError, ValueError): pass
        import faulthandler
        faulthandler.cancel_dump_traceback_later()
        while True: pass
        """,
        "until it is killed",
        says="never finishes being imported",
    ),
    "a loop in C that never lets go of the interpreter": harms(
        """
        import re
        def harm():
            re.match("(a+)+$", "a" * 60 + "b")
        """,
        "until it is killed",
        says="still running",
    ),
    "sleeps instead of answering": harms(
        """
        import time
        def harm():
            time.sleep(60)
        """,
        "60 seconds",
        says="still running",
    ),
    "a loop when the process ends": with_stub(
        """
        import atexit, sys
        def forever():
            while True: pass
        atexit.register(forever)
        """,
        "until it is killed",
    ),
}

MEMORY = {
    "memory, touched": harms(
        """
        def harm():
            hoard = [bytearray(b"x") * (1 << 26) for _ in range(48)]
            print("LEAK 3 GiB of memory")
        """,
        "3 GiB",
    ),
    "memory of eight children": harms(
        """
        import os, time
        def harm():
            for _ in range(8):
                if not os.fork():
                    hoard = bytearray(b"x") * (400 << 20)
                    time.sleep(1.5)
                    os._exit(0)
            time.sleep(1.5)
            print("LEAK 3 GiB of memory in children")
        """,
        "8 children of 400 MiB, 1.5 seconds",
        says="together|still running",
    ),
    "shared memory": harms(
        """
        import mmap
        def harm():
            hoard = mmap.mmap(-1, 3 << 30)
            for at in range(0, 3 << 30, 1 << 20):
                hoard[at:at + (1 << 20)] = bytes(1 << 20)
            print("LEAK 3 GiB of shared memory")
        """,
        "3 GiB",
        says="together|still running",
    ),
    "files in memory": harms(
        """
        import os
        def harm():
            files = [os.memfd_create(str(each)) for each in range(64)]
            for each in files:
                os.write(each, bytes(1 << 20))
            print("LEAK files in memory")
        """,
        "64 MiB",
    ),
    "System V shared memory": harms(
        """
        import ctypes
        def harm():
            if ctypes.CDLL(None).shmget(0, 1 << 26, 0o1600) >= 0:
                print("LEAK shared memory that outlives us")
        """,
        "64 MiB in the submission's own IPC namespace",
    ),
    "a module that takes two hundred megabytes, and is right": Row(
        "BLOB = b'x' * 200_000_000\n" + HONEST, "200 MB", gives=5
    ),
    "a file of two hundred megabytes": Row(
        HONEST, "200 MB on the instructor's disk", size=200_000_000, says="larger than"
    ),
    "a file that is nothing but brackets": plain(
        "x = " + "[" * 200_000 + "]" * 200_000, "400 kB", says="can't be read as Python|line 1"
    ),
    "a number that takes all day to work out": plain(
        "x = 9 ** 9 ** 9\ny = 1 << (1 << 40)", "until it is killed", says="line 1|never finishes"
    ),
}

DISK = {
    "big files everywhere": harms(
        """
        import os, tempfile
        PLACES = ["@DROP@", "@COURSE@", "@OWN@", "/tmp", "/var/tmp", "/dev/shm", "/run", os.path.expanduser("~"), "."]
        def harm():
            for place in PLACES:
                try:
                    with open(f"{place}/authlab-hostile-@MARK@", "wb") as file:
                        for _ in range(4): file.write(bytes(8 << 20))
                        file.flush()
                    if "scratch" not in os.path.realpath(place): print("LEAK 32 MiB in", place)
                except OSError: pass
        """,
        "32 MiB in each of 9 places",
    ),
    "a thousand small files": harms(
        """
        import os, tempfile
        def harm():
            for place in ("@DROP@", "/dev/shm", "."):
                try:
                    for number in range(1000):
                        open(f"{place}/authlab-hostile-@MARK@-{number}", "w").close()
                    print("LEAK a thousand files in", place)
                except OSError: pass
        """,
        "1,000 empty files in each of 3 places",
    ),
    "a file with a terabyte of nothing": harms(
        """
        import os
        def harm():
            for place in ("@DROP@", "."):
                file = os.open(f"{place}/authlab-hostile-@MARK@-hole", os.O_CREAT | os.O_RDWR)
                os.ftruncate(file, 1 << 40)
                print("LEAK a file of 1 TiB in", place)
        """,
        "one sparse file in each of 2 places",
    ),
    "the course's own files changed": harms(
        """
        import os
        def harm():
            for name in ("solutions/00_start_here/00_template.py", "exercises/00_start_here/test_00_template.py"):
                for how in (lambda p: open(p, "a").write("#"), os.unlink, lambda p: os.rename(p, p + "x"),
                            lambda p: os.chmod(p, 0o777), lambda p: os.utime(p)):
                    try:
                        how("@COURSE@/" + name)
                        print("LEAK changed", name)
                    except OSError: pass
        """,
        "two files of a copy of the course",
    ),
}

OUTPUT = {
    "a hundred megabytes printed": harms(
        """
        def harm():
            for _ in range(100):
                print("x" * 1_000_000)
            print("LEAK")
        """,
        "100 MB",
        says="printed more than 1 MiB",
    ),
    "a hundred megabytes without a line's end, to every descriptor": harms(
        """
        import os
        def harm():
            for _ in range(100):
                for number in (1, 2):
                    os.write(number, b"x" * 1_000_000)
        """,
        "200 MB",
        says="printed more than 1 MiB",
    ),
    "output while it is imported": with_stub(
        """
        for _ in range(100):
            print("x" * 1_000_000)
        """,
        "100 MB",
    ),
    "control characters": harms(
        """
        def harm():
            print("\\x1b]0;owned\\x07\\x1b[2J\\x1b[31mPASSED all checks\\x00\\x08\\r5 of 5 points")
        """,
        "one line",
    ),
}

ROWS = LOOPS | MEMORY | DISK | OUTPUT
