"""Limits on one process: memory, file size, open files, processes, core files, and processor time."""

import contextlib
from typing import Any

from labsrv.grading.system.linux import LINUX, Missing

MEMORY = 768 << 20  # bytes of its own; a thread's stack counts 8 MiB of it
ADDRESSES = 8 << 30  # bytes mapped, whether shared, reserved or used
FILE_SIZE = 16 << 20
OPEN_FILES = 128
PROCESSES = 128  # threads included: the shop answers on up to 64
PROCESSOR_SECONDS = 120


def bounds(seconds: int | None, alone: bool) -> dict[str, int]:
    """Return the limits by the names that `resource` has for them.

    `seconds` of processor time, or None without end. Processes are counted by user: `alone` says that no other's, nor
    this user's outside, are counted with them.
    """
    given = {"RLIMIT_CORE": 0, "RLIMIT_DATA": MEMORY, "RLIMIT_FSIZE": FILE_SIZE, "RLIMIT_NOFILE": OPEN_FILES}
    given |= {"RLIMIT_AS": ADDRESSES} if LINUX else {}
    given |= {"RLIMIT_NPROC": PROCESSES} if alone else {}
    return given | ({"RLIMIT_CPU": seconds} if seconds else {})


def restrict(seconds: int | None = PROCESSOR_SECONDS, alone: bool = False) -> None:
    """Bound this process and its children. Raises `Missing` where the system knows no limits (Windows)."""
    try:
        import resource
    except ImportError:
        raise Missing("this system has none") from None

    for name, most in bounds(seconds, alone).items():
        lower(resource, getattr(resource, name, None), most)


def lower(resource: Any, which: int | None, most: int) -> None:
    """Lower one limit; one that the system has not, or has lower already, stays."""
    if which is None:
        return

    _, hard = resource.getrlimit(which)
    if hard != resource.RLIM_INFINITY:
        most = min(most, hard)
    with contextlib.suppress(ValueError, OSError):  # macOS knows some by name only
        resource.setrlimit(which, (most, most))
