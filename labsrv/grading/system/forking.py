"""Fork children that do one thing and end, and that do not outlive whoever forked them."""

import contextlib
import os
import signal
import sys
from collections.abc import Callable

from labsrv.grading.system.linux import LINUX, PR_SET_CHILD_SUBREAPER, PR_SET_PDEATHSIG, prctl


def fork(work: Callable[[], None]) -> int:
    """Run `work` in a forked child that never returns into the caller's code; return its pid."""
    parent = os.getpid()
    pid = os.fork()
    if pid:
        return pid

    status = 1
    try:
        end_with_parent()  # whoever forks here does so from its main thread, and lives as long
        if os.getppid() not in (parent, 0):  # 0: it is outside our PID namespace
            return os._exit(status)  # it has ended before the system was told, which says nothing then
        del parent  # a submission can look at the frames below its own, and learns no number of ours
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        work()
        status = 0
    finally:
        with contextlib.suppress(Exception):
            sys.stderr.flush()
        os._exit(status)


def end_with_parent() -> None:
    """Have the system end this process with the thread that it was started from, where it can (Linux)."""
    if LINUX:
        with contextlib.suppress(OSError):
            prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


def adopt_orphans() -> None:
    """Become the parent of what children leave behind, where the system can (Linux)."""
    if LINUX:
        with contextlib.suppress(OSError):
            prctl(PR_SET_CHILD_SUBREAPER, 1)
