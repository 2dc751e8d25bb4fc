"""The watchdog: a thread that ends submissions which take too much.

Limits bound one process each (`sandbox/limits.py`); the watchdog adds up what a submission's process has with all that
it started.
"""

import contextlib
import os
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

from labsrv.grading.system.processes import descendants

MEMORY_TOGETHER = 1 << 30  # bytes; more than one process may have, which then meets its own limit
PROCESSES_TOGETHER = 64
LOOK_SECONDS = 0.2
PAGE = os.sysconf("SC_PAGE_SIZE") if hasattr(os, "sysconf") else 4096
GREEDY = "its processes took more than {} together"

watched: dict[int, Callable[[str], None]] = {}
somebody = threading.Condition()
threads: list[threading.Thread] = []


def watch(pid: int, end: Callable[[str], None]) -> Callable[[], None]:
    """Look at a submission's process until what this returns is called; `end(why)` if it takes too much."""
    if sys.platform != "linux":
        return lambda: None

    with somebody:
        watched[pid] = end
        if not threads:
            threads.append(threading.Thread(target=look, name="watchdog", daemon=True))
            threads[0].start()
        somebody.notify()
    return lambda: forget(pid, end)


def forget(pid: int, end: Callable[[str], None]) -> None:
    """Look no more at a process; another one may have its number by now."""
    with somebody:
        if watched.get(pid) == end:
            del watched[pid]


def look() -> None:
    """Look at everyone who is watched, again and again."""
    while True:
        time.sleep(LOOK_SECONDS)
        with somebody:
            somebody.wait_for(lambda: watched)
            now = list(watched.items())
        for pid, end in now:
            with contextlib.suppress(Exception):  # whatever becomes of one, the others are looked at
                end_if_greedy(pid, end)


def end_if_greedy(pid: int, end: Callable[[str], None]) -> None:
    """End a process if it takes too much, and look at it no more."""
    too_much = greed([pid, *descendants(pid)])
    if too_much:
        forget(pid, end)
        end(GREEDY.format(too_much))


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
