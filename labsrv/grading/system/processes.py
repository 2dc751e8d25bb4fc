"""End processes with everything that they started."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import psutil

CAN_FORK = hasattr(os, "fork") and hasattr(socket, "send_fds") and not os.environ.get("AUTHLAB_NO_FORK")


# What Python and a shell need; tokens, proxies and the like stay with the parent.
NEEDED = ("PATH", "LANG", "LC_ALL", "LC_CTYPE", "TZ", "TMPDIR", "TEMP", "TMP", "SYSTEMROOT", "AUTHLAB_COURSE")


def clean_environment() -> dict[str, str]:
    """Return the environment for a process that runs a submission."""
    return {name: os.environ[name] for name in NEEDED if name in os.environ}


def children(pid: int) -> list[int]:
    """Return the processes that this one started, or that came to it, and are still there."""
    if sys.platform != "linux":
        return [each.pid for each in below(pid, recursive=False)]

    try:
        return [int(child) for task in os.listdir(f"/proc/{pid}/task") for child in of_task(pid, task)]
    except (OSError, ValueError):
        return []


def of_task(pid: int, task: str) -> list[bytes]:
    """Return the children of one of a process's threads, as the system writes them."""
    with open(f"/proc/{pid}/task/{task}/children", "rb", buffering=0) as file:
        return file.read().split()


def descendants(pid: int) -> Iterator[int]:
    """Return every process below this one."""
    near = children(pid)
    return iter([*near, *(further for child in near for further in descendants(child))])


def kill(pids: Iterable[int]) -> None:
    """Kill processes; those that are gone already are fine."""
    for pid in pids:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.kill(pid, signal.SIGKILL)


def below(pid: int, recursive: bool = True) -> "list[psutil.Process]":
    """Return the processes below this one, as psutil sees it."""
    import psutil  # slow to import, and not needed where /proc tells

    with contextlib.suppress(psutil.Error):
        return psutil.Process(pid).children(recursive=recursive)
    return []


def end_tree(process: subprocess.Popen[bytes]) -> None:
    """Kill a process and everything below it."""
    kill(each.pid for each in below(process.pid))
    process.kill()
    process.wait()
