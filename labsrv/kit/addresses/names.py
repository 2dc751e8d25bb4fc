"""Host names that no other lab alive on this machine uses.

Ports do not isolate cookies (RFC 6265bis, 8.5): two labs that are both `shop.localhost` would overwrite each other's
cookies in a real browser. The first lab alive is `shop.localhost`, the second `shop-2.localhost`. A place is held by a
file lock, which the system gives back when the process ends, however it ends.
"""

import getpass
import itertools
import tempfile
from pathlib import Path

from filelock import FileLock, Timeout


class LabNumber:
    """A number among the labs alive, held until `give_back`."""

    def __init__(self) -> None:
        folder = Path(tempfile.gettempdir()) / f"authlab-{user()}"
        folder.mkdir(exist_ok=True)
        for self.number in itertools.count(1):
            self.lock = FileLock(folder / f"place-{self.number}.lock", thread_local=False)
            try:
                self.lock.acquire(timeout=0)
                return
            except Timeout:
                continue

    def host(self, site: str) -> str:
        """Return the host name of a site at this place."""
        return f"{site}.localhost" if self.number == 1 else f"{site}-{self.number}.localhost"

    def give_back(self) -> None:
        """Let the next lab have this place."""
        self.lock.release()


class FirstNumber(LabNumber):
    """The plain names, for labs that no real browser visits (checks, tests)."""

    def __init__(self) -> None:
        self.number = 1

    def give_back(self) -> None:
        """Nothing is held."""


def user() -> str:
    """Return a name for the folder that keeps two users of one machine apart."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "nobody"
