"""What a submission's process may read: Python, libraries, the kit, the pages of its lesson and of the provider.

Not among it: the lesson's decisions, the solutions, the checks, the learner's or anybody else's files.
"""

import sys
import sysconfig
from functools import cache
from pathlib import Path

import labsrv

LABSRV = Path(labsrv.__file__).resolve().parent
LIBRARIES = ("/lib", "/lib64", "/usr/lib", "/usr/lib64", "/usr/local/lib", "/nix/store")
SMALL_THINGS = ("/etc/localtime", "/usr/share/zoneinfo", "/etc/ld.so.cache", "/dev/urandom", "/dev/random")
# What has to be there to be written to, and holds nothing.
VOID = "/dev/null"


def readable(technique: str) -> list[str]:
    """Return the files and folders that may be read, each with what lies below it."""
    pages = [LABSRV / "labs" / technique / "templates", LABSRV / "provider" / "templates"]
    return [*system(), str(LABSRV / "kit"), *(str(each) for each in pages if each.is_dir())]


@cache
def system() -> tuple[str, ...]:
    """Return what belongs to Python and to the system; what holds our own files besides, part by part."""
    paths = [sysconfig.get_path("stdlib"), sysconfig.get_path("platstdlib"), *sys.path, *LIBRARIES, *SMALL_THINGS]
    there = dict.fromkeys(Path(each) for each in paths if each and Path(each).is_absolute() and Path(each).exists())
    own = [LABSRV, *own_course()]
    parts = {part: None for each in there for part in without(each, own)}
    return tuple(str(each) for each in parts if not any(above in parts for above in each.parents))


def own_course() -> list[Path]:
    """Return the folder of the course."""
    from labsrv.grading.course.exercises import root

    return [root().resolve()]


def without(folder: Path, closed: list[Path]) -> list[Path]:
    """Return a folder, or what is in it without the closed places; nothing if it is one of them."""
    real = folder.resolve()
    if real in closed:
        return []
    if not any(real in each.parents for each in closed):
        return [folder]
    if "site-packages" not in real.parts and "dist-packages" not in real.parts:
        return []  # a folder that happens to be on the path: ours, or the home of ours

    return [part for each in sorted(folder.iterdir()) for part in without(each, closed)]


@cache
def for_everyone(path: Path) -> bool:
    """Return whether every user of the system may read what lies here."""
    mode = 0o5 if path.is_dir() else 0o4
    return path.stat().st_mode & mode == mode and all(each.stat().st_mode & 0o1 for each in path.resolve().parents)
