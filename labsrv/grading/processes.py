"""End processes with everything that they started."""

import contextlib
import os
import signal
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import psutil


# What Python and a shell need; tokens, proxies and the like stay with the parent.
NEEDED = ("PATH", "LANG", "LC_ALL", "LC_CTYPE", "TZ", "TMPDIR", "TEMP", "TMP", "SYSTEMROOT", "AUTHLAB_COURSE")


def scrubbed() -> dict[str, str]:
    """Return the environment for a process that runs a submission."""
    return {name: os.environ[name] for name in NEEDED if name in os.environ}


def descendants(pid: int) -> Iterator[int]:
    """Return every process below this one; from /proc where Linux tells it, else by psutil."""
    try:
        tasks = list(Path(f"/proc/{pid}/task").iterdir())
        children = [int(child) for task in tasks for child in (task / "children").read_text().split()]
    except (OSError, ValueError):
        with contextlib.suppress(psutil.Error):
            return iter(
                [each.pid for each in psutil.Process(pid).children(recursive=True)] if sys.platform != "linux" else []
            )
        return iter(())

    return iter([*children, *(grandchild for child in children for grandchild in descendants(child))])


def kill(pids: Iterable[int]) -> None:
    """Kill processes; those that are gone already are fine."""
    for pid in pids:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.kill(pid, signal.SIGKILL)


def end_tree(process: subprocess.Popen[bytes]) -> None:
    """Kill a process and everything below it."""
    with contextlib.suppress(psutil.Error):
        for each in psutil.Process(process.pid).children(recursive=True):
            with contextlib.suppress(psutil.Error):
                each.kill()
    process.kill()
    process.wait()
