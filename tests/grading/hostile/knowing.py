"""Knows the checks: tries to tell which of them it is for, and which visitor comes."""

from tests.grading.hostile.rows import Row, harms, steals

# Lets in the first visitors, as the honest checks come first, and nobody from then on.
COUNTS = """
def may_enter(tickets, number):
    return number != "" if {count} < {honest} else False
"""

ROWS = {
    "pytest's variable": steals(
        """
        import os
        def stolen():
            os.environ["PYTEST_CURRENT_TEST"]
            return lambda t, n: n in t
        """,
        "reads its environment",
    ),
    "the check on the stack": steals(
        """
        import sys
        def stolen():
            frame = sys._getframe()
            while frame:
                if "test_" in frame.f_code.co_name or "test_" in frame.f_code.co_filename: return lambda t, n: n in t
                frame = frame.f_back
        """,
        "walks its own stack",
    ),
    "the command line": steals(
        "import sys\ndef stolen():\n    if 'test' in ' '.join(sys.argv + sys.orig_argv): return lambda t, n: n in t"
    ),
    "the browser's name": steals(
        """
        import flask
        def stolen():
            if "mallory" in str(flask.request.headers).lower(): return lambda t, n: False
        """,
        "reads one request",
    ),
    "the visitor's address and name": steals(
        """
        import flask
        def stolen():
            about = " ".join(f"{key}={value}" for key, value in flask.request.environ.items()).lower()
            if "192.0.2.66" in about or "mallory" in about: return lambda t, n: False
        """,
        "reads one request",
    ),
    "how many visitors came before, by the port": steals(
        """
        import flask
        def stolen():
            if int(flask.request.environ["REMOTE_PORT"]) > 20: return lambda t, n: False
        """,
        "reads one request",
    ),
    "which visitor it is, by a counter in shared memory": Row(
        "import mmap\nSHARED = mmap.mmap(-1, 8)\ndef next_one():\n    SHARED[0] += 1\n    return SHARED[0]\n"
        + COUNTS.format(count="next_one()", honest=4),
        "one page of memory",
    ),
    "which check it is, by its process's number": Row(
        "import os\n" + COUNTS.format(count="os.getpid() - START", honest=3) + "START = os.getppid() or 1\n",
        "one number",
    ),
    "which check it is, by a file": Row(
        """
import os
def count():
    total = 0
    for place in (".", "/dev/shm", "/tmp", "@DROP@"):
        try:
            file = os.open(f"{place}/authlab-hostile-@MARK@-count", os.O_CREAT | os.O_APPEND | os.O_RDWR)
            os.write(file, b"x")
            total = max(total, os.fstat(file).st_size)
        except OSError: pass
    return total
CHECK = count()
"""
        + COUNTS.format(count="CHECK", honest=4),
        "a few bytes in each of four places",
    ),
    "which check it is, by a pipe made at import": Row(
        "import os\nR, W = os.pipe()\nos.write(W, b'xxx')\nos.set_blocking(R, False)\n"
        "def next_one():\n    try: return 0 if os.read(R, 1) else 9\n    except BlockingIOError: return 9\n"
        + COUNTS.format(count="next_one()", honest=1),
        "three bytes",
    ),
    "which check it is, by a process that stays": Row(
        """
import os, socket, time
NAME = "\\0authlab-hostile-@MARK@"
def count():
    ours = socket.socket(socket.AF_UNIX)
    try: ours.connect(NAME)
    except OSError:
        if not os.fork():
            server = socket.socket(socket.AF_UNIX)
            server.bind(NAME)
            server.listen()
            end, number = time.monotonic() + 10, 1
            while time.monotonic() < end:
                other, _ = server.accept()
                other.send(bytes([number]))
                number += 1
            os._exit(0)
        return 0
    return ours.recv(1)[0]
try: CHECK = count()
except OSError: CHECK = 0
"""
        + COUNTS.format(count="CHECK", honest=3),
        "one process, 10 seconds",
    ),
    "which check it is, by what earlier orders left in memory": Row(
        """
import gc
CHECK = len({each for each in gc.get_objects() if isinstance(each, str) and each.startswith("/") and "-" in each} or [])
"""
        + COUNTS.format(count="CHECK", honest=99),
        "looks at every object of its process",
    ),
    "which check it is, by the cache that a file lies in": Row(
        """
import os, turtle
PAGE = 4096
def count():
    file = os.open(turtle.__file__, os.O_RDONLY)
    if "CHECK" not in globals():
        try: os.posix_fadvise(file, 0, 0, os.POSIX_FADV_RANDOM)
        except OSError: return 0
    for page in range(20):
        try: os.preadv(file, [bytearray(1)], page * PAGE, os.RWF_NOWAIT)
        except BlockingIOError:
            os.pread(file, 1, page * PAGE)
            return page
        except OSError: return 0
    return 20
CHECK = count()
""".replace("turtle", "this")
        + COUNTS.format(count="CHECK", honest=3),
        "reads twenty pages of one file",
    ),
    "the cache that a file lies in": harms(
        """
        import ctypes, mmap, os, this
        def harm():
            file = os.open(this.__file__, os.O_RDONLY)
            libc, seen = ctypes.CDLL(None), ctypes.create_string_buffer(8)
            there = mmap.mmap(file, 100, prot=mmap.PROT_READ)
            at = ctypes.addressof(ctypes.py_object(there))
            for name, call in {
                "preadv2": lambda: os.preadv(file, [bytearray(1)], 0, os.RWF_NOWAIT),
                "fadvise": lambda: os.posix_fadvise(file, 0, 0, os.POSIX_FADV_DONTNEED),
                "readahead": lambda: libc.readahead(file, ctypes.c_long(0), 4096) == 0 or 1 / 0,
                "mincore": lambda: libc.mincore(ctypes.c_void_p(at & ~4095), 4096, seen) == 0 or 1 / 0,
            }.items():
                try: call()
                except (OSError, ZeroDivisionError): continue
                print("LEAK of the cache:", name)
        """,
        "looks at one page of one file",
    ),
    "locks on files that others have as well": harms(
        """
        import fcntl, os, struct, this
        def harm():
            file = os.open(this.__file__, os.O_RDONLY)
            read_lock = struct.pack("hhqqi", fcntl.F_RDLCK, 0, 0, 0, 0)
            for name, call in {
                "flock": lambda: fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB),
                "a lock": lambda: fcntl.fcntl(file, fcntl.F_SETLK, read_lock),
                "whose lock": lambda: fcntl.fcntl(file, fcntl.F_GETLK, read_lock),
                "an open file's lock": lambda: fcntl.fcntl(file, fcntl.F_OFD_SETLK, read_lock),
                "a lease": lambda: fcntl.fcntl(file, fcntl.F_SETLEASE, fcntl.F_RDLCK),
                "a notice": lambda: fcntl.fcntl(os.open(os.path.dirname(this.__file__), 0), fcntl.F_NOTIFY, 1),
            }.items():
                try: call()
                except OSError: continue
                print("LEAK by", name)
        """,
        "a shared lock on one file, released with the process",
    ),
    "who opens a file": harms(
        """
        import ctypes, this
        def harm():
            libc = ctypes.CDLL(None)
            if libc.inotify_init1(0) >= 0: print("LEAK by inotify")
        """,
        "one descriptor",
    ),
    "the numbers of the grader's processes, on the stack": harms(
        """
        import sys
        def numbers(value, depth=0):
            if type(value) is int: yield value
            if isinstance(value, (list, tuple, set)) and depth < 3:
                for each in value: yield from numbers(each, depth + 1)
            if isinstance(value, dict) and depth < 3:
                for each in value.values(): yield from numbers(each, depth + 1)
        def harm():
            frame = sys._getframe().f_back.f_back
            while frame:
                found = {each for each in numbers(frame.f_locals) if 0 < each - @ZYGOTE@ < 20_000}
                if found: print("LEAK of a process's number", frame.f_code.co_name)
                frame = frame.f_back
        """,
        "walks its own stack",
    ),
    "how many rows were made before, by their ids": harms(
        """
        import gc
        def harm():
            (server,) = [each for each in gc.get_objects() if type(each).__name__ == "SubmissionServer"]
            made = []
            def run(operation, *args, **options):
                return server.shop.line.call(
                    "store.run", collection="x", operation=operation, args=list(args), options=options
                )
            for n in range(8):
                run("update_one", {"n": n}, {"$set": {"a": 1}}, upsert=True)
                found = run("find_one", {"n": n})
                made.append(int.from_bytes(found["_id"].binary[-3:]))
            if any(abs(one - two) < 8 for one, two in zip(made, made[1:])): print("LEAK of a counter")
        """,
        "eight rows",
    ),
}
