"""A view of the file system that has nothing but what may be read, and one small scratch folder in memory.

A mount namespace of its own gets an empty root; what may be read is bound to its old places, read-only, and the old
root is let go (mount_namespaces(7), pivot_root(2)). What is not in the view cannot be found, let alone opened; folders
on the way that are private to somebody do not matter, as they are not the same folders.
"""

import contextlib
import ctypes
import os
import struct
from collections.abc import Iterable
from pathlib import Path

from labsrv.grading.system.linux import CLONE_NEWNS, mount, syscall, unmount, unshare

SCRATCH = "/scratch"
SCRATCH_SIZE, SCRATCH_FILES = "16m", 512
DEVICES = Path(
    "/dev"
)  # the new root is made on top of it: it is on every Linux, and nothing is taken from below it late

NOSUID, NODEV, NOEXEC, BIND, REC, PRIVATE = 2, 4, 8, 4096, 16384, 1 << 18
DETACH = 2
READ_ONLY_AND_NOSUID = 0x1 | 0x2
AT_RECURSIVE = 0x8000


def prepare(readable: Iterable[str]) -> None:
    """Lay out the view, once, in the process that submissions are forked from: over `DEVICES`, for itself alone."""
    # Private: nothing that is mounted from here on shows outside of this process.
    unshare(CLONE_NEWNS)
    mount(None, "/", None, REC | PRIVATE)
    # Opened before the new root covers what some of them lie in.
    sources = {path: os.open(path, os.O_PATH | os.O_CLOEXEC) for path in readable}
    # Folders and files of the new root are for whoever the submission runs as, whatever this user keeps to themselves.
    umask = os.umask(0o022)
    try:
        mount("tmpfs", str(DEVICES), "tmpfs", NOSUID, "size=64k,nr_inodes=1k,mode=755")
        for path, source in sources.items():
            bind(source, Path(f"{DEVICES}{path}"))
        os.mkdir(f"{DEVICES}{SCRATCH}")
        only_readable(str(DEVICES))
    except BaseException:
        # An older kernel lacks one of the calls: the old view has to be whole again.
        with contextlib.suppress(OSError):
            unmount(str(DEVICES), DETACH)
        raise
    finally:
        os.umask(umask)
        for each in sources.values():
            os.close(each)


def enter() -> None:
    """Leave the file system for the view that was prepared, with a scratch folder of one's own."""
    unshare(CLONE_NEWNS)
    new = str(DEVICES)
    mount("tmpfs", new + SCRATCH, "tmpfs", NOSUID | NODEV | NOEXEC, f"size={SCRATCH_SIZE},nr_inodes={SCRATCH_FILES}")
    os.chdir(new)
    syscall("pivot_root", b".", b".")
    unmount(".", DETACH)
    os.chdir(SCRATCH)


def bind(source: int, place: Path) -> None:
    """Let something opened appear at a place."""
    folder = os.path.isdir(f"/proc/self/fd/{source}")
    (place if folder else place.parent).mkdir(parents=True, exist_ok=True)
    if not folder:
        place.touch()
    mount(f"/proc/self/fd/{source}", str(place), None, BIND | REC)


def only_readable(folder: str) -> None:
    """Make all mounts at and below a folder read-only (mount_setattr(2), Linux 5.12)."""
    attributes = struct.pack("QQQQ", READ_ONLY_AND_NOSUID, 0, 0, 0)
    syscall("mount_setattr", -100, folder.encode(), AT_RECURSIVE, attributes, ctypes.c_size_t(len(attributes)))
