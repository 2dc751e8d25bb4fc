"""Forks, exits, and what goes on behind an answer."""

from tests.grading.hostile.rows import harms, plain, with_stub

FORKS = {
    "two hundred children": harms(
        """
        import os, time
        def harm():
            made = 0
            try:
                for _ in range(200):
                    if not os.fork():
                        time.sleep(20)
                        os._exit(0)
                    made += 1
            finally:
                time.sleep(0.5)
                if made == 200: print("LEAK 200 children")
        """,
        "200 children, 20 seconds",
    ),
    "each child has a child": harms(
        """
        import os, time
        def harm():
            for depth in range(150):
                if os.fork():
                    time.sleep(10 if depth else 0.3)
                    if depth: os._exit(0)
                    return
            time.sleep(10)
            os._exit(0)
        """,
        "a chain of 150, 10 seconds",
    ),
    "a daemon": harms(
        """
        import os, time
        def harm():
            if os.fork(): return
            os.setsid()
            if os.fork(): os._exit(0)
            for number in range(3, 200):
                try: os.close(number)
                except OSError: pass
            time.sleep(1)
            open("@DROP@/authlab-hostile-@MARK@-daemon", "w").close()
            time.sleep(20)
            os._exit(0)
        """,
        "one detached process, 21 seconds",
    ),
    "a daemon that does not want to die with its parent": with_stub(
        """
        import ctypes, os, time
        if not os.fork():
            os.setsid()
            ctypes.CDLL(None).prctl(1, 0)
            if os.fork(): os._exit(0)
            ctypes.CDLL(None).prctl(1, 0)
            ctypes.CDLL(None).prctl(36, 1)
            time.sleep(20)
            os._exit(0)
        """,
        "one detached process, 20 seconds",
    ),
    "another program": harms(
        """
        import subprocess, sys
        def harm():
            for program in (["/bin/sh", "-c", "echo LEAK a shell; sleep 20"], [sys.executable, "-c", "print('LEAK')"]):
                try: subprocess.Popen(program, start_new_session=True)
                except OSError: pass
        """,
        "two programs, 20 seconds",
    ),
    "children forked at import that stay": with_stub(
        """
        import os, time
        for _ in range(20):
            if not os.fork():
                time.sleep(20)
                os._exit(0)
        """,
        "20 children, 20 seconds",
    ),
    "a zombie for each visit": harms(
        """
        import os, signal
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        def harm():
            for _ in range(100):
                if not os.fork(): os._exit(0)
        """,
        "100 dead children",
    ),
}

EXITS = {
    "os._exit(0) at import": plain("import os\nos._exit(0)", "once", says="ends its own process"),
    "os._exit(0)": harms("import os\ndef harm(): os._exit(0)", "once", says="exit status 0"),
    "the real _exit": harms("import posix\ndef harm(): posix._exit(0)", "once", says="died|exit status 0"),
    "exit_group by number": harms(
        """
        import ctypes, platform
        def harm(): ctypes.CDLL(None).syscall({"x86_64": 231, "aarch64": 94}[platform.machine()], 0)
        """,
        "once",
        says="died",
    ),
    "sys.exit(0) at import": plain("import sys\nsys.exit(0)", "once", says="SystemExit"),
    "sys.exit(0)": plain("import sys\ndef may_enter(tickets, number): sys.exit(0)", "once", says="SystemExit"),
    "KeyboardInterrupt": plain(
        "def may_enter(tickets, number): raise KeyboardInterrupt", "once", says="KeyboardInterrupt"
    ),
    "GeneratorExit": plain("def may_enter(tickets, number): raise GeneratorExit", "once", says="GeneratorExit"),
    "an exception that can't be shown": plain(
        """
        class Bad(Exception):
            def __str__(self): raise Bad
            __repr__ = __str__
        def may_enter(tickets, number): raise Bad
        """,
        "once",
    ),
    "an exception named like pytest's": plain(
        """
        class Skipped(BaseException): pass
        Skipped.__module__ = "_pytest.outcomes"
        def may_enter(tickets, number): raise Skipped("5 of 5 points")
        """,
        "once",
        says="Skipped",
    ),
    "SIGKILL for oneself": harms("import os\ndef harm(): os.kill(os.getpid(), 9)", "once"),
    "SIGSTOP for oneself": harms("import os\ndef harm(): os.kill(os.getpid(), 19)", "once"),
    "a crash": harms("import ctypes\ndef harm(): ctypes.string_at(0)", "once", says="died"),
    "abort": harms("import os\ndef harm(): os.abort()", "once", says="died"),
    "recursion without an end": plain(
        """
        import sys
        sys.setrecursionlimit(1 << 30)
        def may_enter(tickets, number): return may_enter(tickets, number)
        """,
        "until the stack or the memory is used up",
        says="died|still running|together|MemoryError|RecursionError",
    ),
    "its own line hung up": harms("import os\ndef harm(): os.closerange(3, 100)", "once"),
    "exits after the answer": harms(
        """
        import os, threading, time
        def late():
            time.sleep(0.01)
            os._exit(0)
        def harm(): threading.Thread(target=late).start()
        """,
        "once",
    ),
}

BACKGROUND = {
    "a thread that never ends": harms(
        """
        import threading, time
        def harm(): threading.Thread(target=time.sleep, args=(60,)).start()
        """,
        "60 seconds",
    ),
    "a thread unknown to threading": harms(
        """
        import _thread, time
        def loop(): time.sleep(60)
        def harm(): _thread.start_new_thread(loop, ())
        """,
        "60 seconds",
    ),
    "a thread at import": plain(
        """
        import threading, time
        threading.Thread(target=lambda: time.sleep(60)).start()
        def may_enter(tickets, number): return number in tickets
        """,
        "60 seconds",
        says="a thread is still running",
    ),
    "a hundred busy threads": harms(
        """
        import threading, time
        def busy():
            end = time.monotonic() + 5
            while time.monotonic() < end: pass
        def harm():
            for _ in range(100): threading.Thread(target=busy, daemon=True).start()
        """,
        "100 threads, 5 seconds",
    ),
}

ROWS = FORKS | EXITS | BACKGROUND
