"""Hashing passwords, and counting how often that was done.

argon2id through passlib, with the least that OWASP's Password Storage Cheat Sheet allows (19 MiB, two passes, one
lane), or as cheap as argon2 goes where only behaviour matters: a check counts hashes, it never times them.
"""

import re
import secrets
from base64 import b64encode
from collections import Counter
from functools import cache
from typing import Any, Protocol

from passlib.hash import argon2

# Otherwise the first hash loads it, and another thread that hashes at that moment meets a class half made.
argon2.set_backend()

# The low one is not the lowest there is: a hash that somebody made up beforehand is none at the shop's cost.
COSTS = {
    "real": {"memory_cost": 19_456, "rounds": 2, "parallelism": 1},
    "low": {"memory_cost": 11, "rounds": 1, "parallelism": 1},
}
ARGON2ID = re.compile(
    r"\$argon2id\$v=19\$m=(\d{1,9}),t=(\d{1,9}),p=(\d{1,9})\$[A-Za-z0-9+/]{11,86}\$[A-Za-z0-9+/]{16,171}"
)
MOST_MEMORY = 65_536  # KiB. A hash names its own cost, and whoever wrote the hash may not choose ours.
MOST_ROUNDS = 8
MOST_LANES = 8
LONGEST_PASSWORD = 4_096  # characters; what passlib takes


class Hashes(Protocol):
    """What an account's password is stored and verified with. A `Hasher` is one."""

    decoy: str

    def hash(self, password: str) -> str:
        """Return what is stored of a password."""

    def verify(self, hash: str, password: str) -> bool:
        """Return whether this is what is stored of this password."""


class Hasher:
    """Hashes and verifies passwords at one cost, `"low"` or `"real"`. `.log` has each call's name, in order."""

    def __init__(self, cost: str = "low"):
        if cost not in COSTS:
            raise ValueError(f'There is no cost {cost!r}. It is "low" or "real".')

        self.cost = cost
        self.log: list[str] = []
        self.decoy = decoy(**COSTS[cost])
        self._argon2: Any = argon2id(cost)

    @property
    def calls(self) -> int:
        """Return how many times a password was hashed, to store it or to compare it."""
        return len(self.log)

    @property
    def counts(self) -> Counter[str]:
        """Return the calls by name: `hash`, `verify`."""
        return Counter(self.log)

    def hash(self, password: str) -> str:
        """Return the hash of a password, with a salt of its own. Raises `ValueError` when it is far too long."""
        self.log.append("hash")
        return str(self._argon2.hash(bounded(password)))

    def verify(self, hash: str, password: str) -> bool:
        """Return whether this is the hash of this password. Raises `ValueError` when it is not an argon2id hash."""
        self.log.append("verify")
        return bool(self._argon2.verify(bounded(password), readable(hash)))

    def needs_rehash(self, hash: str) -> bool:
        """Return whether the hash was made at another cost than this one."""
        return bool(self._argon2.needs_update(readable(hash)))


@cache
def argon2id(cost: str) -> Any:
    """Return passlib's argon2id at one of our costs."""
    return argon2.using(type="ID", **COSTS[cost])


def decoy(memory_cost: int, rounds: int, parallelism: int) -> str:
    """Return a hash that costs as much as any other to verify, and that no password is known to match."""
    salt, digest = (b64encode(secrets.token_bytes(n)).decode().rstrip("=") for n in (16, 32))
    return f"$argon2id$v=19$m={memory_cost},t={rounds},p={parallelism}${salt}${digest}"


def bounded(password: str) -> str:
    """Return the password, or raise `ValueError` when it is too long to be one."""
    if len(password) <= LONGEST_PASSWORD:
        return password

    raise ValueError(f"A password has at most {LONGEST_PASSWORD} characters.")


def readable(hash: str) -> str:
    """Return the hash if it is argon2id at a cost that we are ready to pay, or raise `ValueError`."""
    match = ARGON2ID.fullmatch(hash)
    if match is None:
        raise ValueError("That is not an argon2id hash. The hash comes first, then the password.")

    memory, rounds, lanes = map(int, match.groups())
    if memory <= MOST_MEMORY and rounds <= MOST_ROUNDS and lanes <= MOST_LANES:
        return hash

    raise ValueError("That hash asks for more memory or time than any of ours.")
