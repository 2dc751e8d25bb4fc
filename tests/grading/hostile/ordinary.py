"""Run a module as an ordinary user, where we are root: the same interpreter, the same project, no power at all.

    python -m tests.grading.hostile.ordinary tests.grading.hostile.run --every 5

Python may lie in root's private home, where nobody finds it. So this process gets a view of its own, in which such a
home is an empty folder with nothing but the way to Python in it. Nothing changes for any other process.
"""

import os
import runpy
import sys
from pathlib import Path

from labsrv.grading.sandbox.users import become_nobody
from labsrv.grading.sandbox.view import BIND, PRIVATE, REC
from labsrv.grading.system.linux import CLONE_NEWNS, mount, unshare

PROJECT = Path(__file__).resolve().parents[3]


def needed() -> list[Path]:
    """Return the folders without which nothing runs."""
    return list(dict.fromkeys(Path(each).resolve() for each in (sys.base_prefix, sys.prefix, PROJECT)))


def private(path: Path) -> Path | None:
    """Return the outermost folder on the way that not everybody may pass, or None."""
    return next((each for each in reversed(path.parents) if not each.stat().st_mode & 0o1), None)


def open_the_way() -> None:
    """Put an empty folder in the place of each private one, and what is needed into it."""
    unshare(CLONE_NEWNS)
    mount(None, "/", None, REC | PRIVATE)
    behind = {path: (home, os.open(path, os.O_PATH)) for path in needed() if (home := private(path))}
    for home in {home for home, _ in behind.values()}:
        mount("tmpfs", str(home), "tmpfs", 0, "mode=755,size=64k")
    for path, (_, source) in behind.items():
        path.mkdir(parents=True, exist_ok=True)
        mount(f"/proc/self/fd/{source}", str(path), None, BIND | REC)
        os.close(source)


def main() -> None:
    """Become nobody and run the module that the command line names."""
    open_the_way()
    become_nobody()
    sys.dont_write_bytecode = True
    sys.argv[:] = sys.argv[1:]
    runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main()
