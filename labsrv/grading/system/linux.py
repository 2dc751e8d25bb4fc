"""System calls of Linux that Python 3.11 has no function for, by ctypes. Each raises `OSError` when it is refused."""

import ctypes
import os
import platform
import sys
from functools import cache
from typing import Any

LINUX = sys.platform == "linux"

# The same number on every machine: system calls have had one numbering since 5.0.
OPEN_TREE_ERA = {"mount_setattr": 442, "landlock_create_ruleset": 444, "landlock_add_rule": 445}
NUMBERS = OPEN_TREE_ERA | {"landlock_restrict_self": 446, "close_range": 436}
PIVOT_ROOT = {"x86_64": 155, "aarch64": 41}

PR_SET_PDEATHSIG, PR_SET_DUMPABLE, PR_SET_SECCOMP, PR_CAPBSET_DROP = 1, 4, 22, 24
PR_SET_CHILD_SUBREAPER, PR_SET_NO_NEW_PRIVS = 36, 38
CLONE_NEWNS, CLONE_NEWUTS, CLONE_NEWIPC = 0x00020000, 0x04000000, 0x08000000
CLONE_NEWUSER, CLONE_NEWPID, CLONE_NEWNET = 0x10000000, 0x20000000, 0x40000000


class Missing(Exception):
    """A layer is not to be had here, with the reason in a few words."""


@cache
def libc() -> Any:
    """Return the C library of this process: loaded before anything is forked, and not by each child anew."""
    return ctypes.CDLL(None, use_errno=True)


def check_result(result: int, what: str) -> int:
    """Return a call's result, or raise the `OSError` that it left behind."""
    if result >= 0:
        return result

    number = ctypes.get_errno()
    raise OSError(number, f"{what}: {os.strerror(number)}")


def syscall(name: str, *arguments: Any) -> int:
    """Make a system call by name."""
    number = NUMBERS.get(name) or PIVOT_ROOT.get(platform.machine())
    if number is None:
        raise Missing(f"{name} is not known on {platform.machine()}")

    return check_result(libc().syscall(ctypes.c_long(number), *arguments), name)


def prctl(option: int, *arguments: int) -> int:
    """Change something of this process."""
    longs = [ctypes.c_ulong(each) for each in (*arguments, 0, 0, 0, 0)[:4]]
    return check_result(libc().prctl(option, *longs), f"prctl {option}")


def unshare(flags: int) -> None:
    """Leave namespaces for new ones (Python has this from 3.12)."""
    check_result(libc().unshare(flags), "unshare")


def setns(namespace: int, kind: int) -> None:
    """Let children begin in an opened namespace (Python has this from 3.12)."""
    check_result(libc().setns(namespace, kind), "setns")


def mount(source: str | None, target: str, kind: str | None = None, flags: int = 0, options: str | None = None) -> None:
    """Mount something."""
    texts = [each.encode() if each is not None else None for each in (source, target, kind, options)]
    check_result(libc().mount(*texts[:3], ctypes.c_ulong(flags), texts[3]), f"mount {target}")


def unmount(target: str, flags: int) -> None:
    """Unmount something."""
    check_result(libc().umount2(target.encode(), flags), f"umount {target}")


def drop_capabilities() -> None:
    """Give up every capability, now and for whatever is executed later (capabilities(7))."""
    drop, nothing = libc().prctl, ctypes.c_ulong(0)
    for capability in map(ctypes.c_ulong, range(64)):
        if (
            drop(PR_CAPBSET_DROP, capability, nothing, nothing, nothing) < 0
        ):  # past the last one, or none of ours to drop
            break

    header = (ctypes.c_uint32 * 2)(0x20080522, 0)  # version 3: two words each of effective, permitted, inheritable
    check_result(libc().capset(header, (ctypes.c_uint32 * 6)()), "capset")
