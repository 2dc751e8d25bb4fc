"""Landlock: only the files named can be opened; TCP, signals and abstract sockets stay inside (landlock(7))."""

import contextlib
import ctypes
import os
import stat
import struct
from collections.abc import Iterable

from labsrv.grading.system.linux import Missing, syscall

WRITE_FILE, READ_FILE, READ_DIR = 1 << 1, 1 << 2, 1 << 3
REMOVE_DIR, REMOVE_FILE, MAKE_DIR, MAKE_REG, TRUNCATE = 1 << 4, 1 << 5, 1 << 7, 1 << 8, 1 << 14
# How many of the rights on files each version knows: the first has execute to make_sym.
RIGHTS = {1: 13, 2: 14, 3: 15, 4: 15, 5: 16}
OF_A_FILE = WRITE_FILE | READ_FILE | TRUNCATE
READING = READ_FILE | READ_DIR
WRITING = READING | WRITE_FILE | REMOVE_DIR | REMOVE_FILE | MAKE_DIR | MAKE_REG | TRUNCATE
TCP = 0b11  # bind and connect, since version 4
SCOPES = 0b11  # abstract Unix sockets and signals, since version 6
QUIET = 1  # no line in the audit log for each refusal, since version 7
PATH_BENEATH = 1
WANTS_VERSION = 1


def version() -> int:
    """Return the version of Landlock here, or raise `Missing`."""
    try:
        return syscall("landlock_create_ruleset", None, ctypes.c_size_t(0), WANTS_VERSION)
    except OSError as error:
        raise Missing(f"the kernel has it not, or switched off ({os.strerror(error.errno or 0)})") from None


def restrict(readable: Iterable[str], writable: Iterable[str]) -> None:
    """Open nothing from now on but what lies at or below these paths; nothing can be executed."""
    abi = version()
    known = (1 << RIGHTS[min(abi, 5)]) - 1
    attributes = struct.pack("QQQ", known, TCP if abi >= 4 else 0, SCOPES if abi >= 6 else 0)
    size = 24 if abi >= 6 else 16 if abi >= 4 else 8
    ruleset = syscall("landlock_create_ruleset", attributes, ctypes.c_size_t(size), 0)
    try:
        for rights, paths in ((READING, readable), (WRITING, writable)):
            for path in paths:
                allow(ruleset, path, rights & known)
        syscall("landlock_restrict_self", ruleset, QUIET if abi >= 7 else 0)
    finally:
        os.close(ruleset)


def allow(ruleset: int, path: str, rights: int) -> None:
    """Add a rule for what lies at or below a path; a path that is not there needs none."""
    with contextlib.suppress(FileNotFoundError, NotADirectoryError):
        place = os.open(path, os.O_PATH | os.O_CLOEXEC)
        try:
            if not stat.S_ISDIR(os.fstat(place).st_mode):
                rights &= OF_A_FILE
            rule = struct.pack("=Qi", rights, place)
            syscall("landlock_add_rule", ruleset, PATH_BENEATH, rule, 0)
        finally:
            os.close(place)
