"""What the shop's hasher really works on: which hashes, at which cost.

    with listening(lab.hasher) as work: …
    work                        [(8, 1, 1), (8, 1, 1)]: the cost of each, as memory, rounds and lanes

Its log has the calls, one that was refused for its arguments as well; whoever listens at the door hears the work.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from labsrv.kit.passwords import ARGON2ID, Hasher

Cost = tuple[int, ...]


@contextmanager
def listening(hasher: Hasher) -> Iterator[list[Cost]]:
    """Give a list that grows with the cost of each hash that is made, to store a password or to compare it."""
    work: list[Cost] = []
    quiet = hasher._argon2
    hasher._argon2 = Overheard(quiet, work)
    try:
        yield work
    finally:
        hasher._argon2 = quiet


class Overheard:
    """Hashes as argon2id does, and notes at which cost."""

    def __init__(self, argon2: Any, work: list[Cost]):
        self.argon2 = argon2
        self.work = work

    def hash(self, password: str) -> str:
        """Return the hash of a password."""
        made = str(self.argon2.hash(password))
        self.work.append(cost_of(made))
        return made

    def verify(self, password: str, hash: str) -> bool:
        """Tell whether this is the hash of this password."""
        self.work.append(cost_of(hash))
        return bool(self.argon2.verify(password, hash))

    def needs_update(self, hash: str) -> bool:
        """Tell whether the hash was made at another cost."""
        return bool(self.argon2.needs_update(hash))


def cost_of(hash: str) -> Cost:
    """Return the memory, rounds and lanes that an argon2id hash asks for, or nothing for another one."""
    match = ARGON2ID.fullmatch(hash)
    return tuple(map(int, match.groups())) if match else ()
