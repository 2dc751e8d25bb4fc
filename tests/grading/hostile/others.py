"""Attempts on the life of others, and on its own bonds."""

from tests.grading.hostile.rows import harms

ROWS = {
    "kills who started it": harms(
        """
        import os, signal
        def harm():
            for number in {os.getppid()} - {0, 1}:
                try:
                    os.kill(number, signal.SIGKILL)
                    print("LEAK killed", number)
                except OSError: pass
        """,
        "one process of this run",
    ),
    "signals the grader": harms(
        """
        import os, signal
        def harm():
            for number in (@GRADER@, @ZYGOTE@):
                os.kill(number, signal.SIGCONT)
                print("LEAK reached the grader")
        """,
        "a signal that does nothing",
    ),
    "kills a bystander": harms(
        """
        import os
        def harm():
            os.kill(@BYSTANDER@, 9)
            print("LEAK killed a bystander")
        """,
        "one process that sleeps",
    ),
    "stops its parent": harms(
        """
        import os, signal
        def harm():
            if os.getppid() > 1:
                os.kill(os.getppid(), signal.SIGSTOP)
                print("LEAK stopped its parent")
        """,
        "one process of this run",
    ),
    "looks for processes": harms(
        """
        import os
        def harm():
            seen = [name for name in os.listdir("/proc") if name.isdecimal()]
            if seen: print("LEAK saw", len(seen), "processes")
        """,
        "one folder read",
    ),
    "finds processes by asking for their priority": harms(
        """
        import os
        def harm():
            os.getpriority(os.PRIO_PROCESS, @GRADER@)
            print("LEAK found the grader")
        """,
        "one call",
    ),
    "changes its parent's limits": harms(
        """
        import os, resource
        def harm():
            for number in (os.getppid(), @GRADER@):
                if number:
                    resource.prlimit(number, resource.RLIMIT_NOFILE)
                    print("LEAK read a limit of", number)
        """,
        "reads limits",
    ),
    "takes its limits off": harms(
        """
        import resource
        def harm():
            resource.setrlimit(resource.RLIMIT_DATA, (1 << 40, 1 << 40))
            print("LEAK no limit any more")
        """,
        "one limit of its own",
    ),
    "becomes root again": harms(
        """
        import ctypes, os
        def harm():
            for how in (lambda: os.setuid(0), lambda: os.setresuid(0, 0, 0), lambda: os.chroot("."),
                        lambda: ctypes.CDLL(None, use_errno=True).unshare(0x10000000) and 1 / 0,
                        lambda: ctypes.CDLL(None, use_errno=True).mount(b"a", b".", b"tmpfs", 0, None) and 1 / 0):
                try:
                    how()
                    print("LEAK powers")
                except (OSError, ZeroDivisionError): pass
        """,
        "in its own process",
    ),
}
