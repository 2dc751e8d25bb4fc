"""Be nobody: a user namespace of one's own, an unprivileged user where we were root, and no capability.

In a user namespace a process's limits are counted apart from its user's other processes, and it has no power over any
process outside (user_namespaces(7)).
"""

import os
import platform
import re
from collections.abc import Iterable
from pathlib import Path

from labsrv.grading.sandbox.reading import for_everyone
from labsrv.grading.system.linux import CLONE_NEWUSER, PR_SET_DUMPABLE, prctl, unshare

NOBODY = 65534


def enter(proc: int | None = None) -> None:
    """Enter a user namespace in which we are who we were; `proc` is /proc/self, opened while it could be seen."""
    user, group = os.geteuid(), os.getegid()
    unshare(CLONE_NEWUSER)
    for name, text in {"setgroups": "deny", "uid_map": f"{user} {user} 1", "gid_map": f"{group} {group} 1"}.items():
        write(name if proc is not None else f"/proc/self/{name}", text, proc)


def write(path: str, text: str, folder: int | None) -> None:
    """Write into a file that is there, relative to an opened folder."""
    file = os.open(path, os.O_WRONLY | os.O_CLOEXEC, dir_fd=folder)
    try:
        os.write(file, text.encode())
    finally:
        os.close(file)


def become_nobody() -> None:
    """Stop being root for good."""
    os.setgroups([])
    os.setresgid(NOBODY, NOBODY, NOBODY)
    os.setresuid(NOBODY, NOBODY, NOBODY)
    prctl(PR_SET_DUMPABLE, 1)  # what is in /proc about this process belongs to its new user


def anybody_reads(paths: Iterable[str]) -> bool:
    """Return whether the user nobody would still find Python, which may lie in somebody's private home."""
    return all(for_everyone(Path(each)) for each in paths)


def counts_apart() -> bool:
    """Return whether the kernel counts the processes of a user namespace apart (Linux 5.14)."""
    numbers = re.match(r"(\d+)\.(\d+)", platform.release())
    return numbers is not None and (int(numbers[1]), int(numbers[2])) >= (5, 14)
