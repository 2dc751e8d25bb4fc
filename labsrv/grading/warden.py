"""The warden: the trusted process beside each host, which stands outside the sandbox and ends a host that is greedy.

Limits bound one process each; the warden adds up. Where there is a PID namespace, ending the host ends everything in it
at once.
"""

import contextlib
import os
import signal
import sys
from pathlib import Path

from labsrv.grading.processes import descendants, kill

MEMORY_TOGETHER = 1 << 30  # bytes; more than one process may have, which then meets its own limit
PROCESSES_TOGETHER = 64
LOOK_SECONDS = 0.2
PAGE = os.sysconf("SC_PAGE_SIZE") if hasattr(os, "sysconf") else 4096
GREEDY = "greedy: its processes took more than {} together"


def watch(inside: int) -> None:
    """Wait until the host ends; end it and all that it started when they take too much."""
    if sys.platform != "linux":
        os.waitpid(inside, 0)
        return

    signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGCHLD])
    while os.waitpid(inside, os.WNOHANG) == (0, 0):
        too_much = greed([inside, *descendants(inside)])
        if too_much:
            print(GREEDY.format(too_much), file=sys.stderr, flush=True)
            end(inside)
        signal.sigtimedwait([signal.SIGCHLD], LOOK_SECONDS)


def end(inside: int) -> None:
    """Kill the host first: in a PID namespace the kernel then ends the rest with it, however fast they fork."""
    others = list(descendants(inside))
    kill([inside, *others])


def greed(pids: list[int]) -> str:
    """Return what these processes have too much of, or ""."""
    if len(pids) > PROCESSES_TOGETHER:
        return f"{PROCESSES_TOGETHER} places in the list of processes"
    # The quick sum counts what several share once for each; only when that is too much, look closely.
    if sum(map(resident, pids)) > MEMORY_TOGETHER and sum(map(proportional, pids)) > MEMORY_TOGETHER:
        return f"{MEMORY_TOGETHER >> 20} MiB of memory"

    return ""


def resident(pid: int) -> int:
    """Return the bytes of memory that a process has, shared ones included."""
    with contextlib.suppress(OSError, ValueError):
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * PAGE
    return 0


def proportional(pid: int) -> int:
    """Return the same, where each shared page counts in equal parts for those who share it."""
    with contextlib.suppress(OSError, ValueError):
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) * 1024
    return 0
