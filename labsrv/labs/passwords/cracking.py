"""Mallory's own machine: guessing at stolen hashes, at her leisure.

    crack(stored, budget=100_000)      what she finds out with so much work
    rates()                            guesses a second by algorithm and cost, measured here, one after the other
    with_a_graphics_card()             what one would make of it: computed from published figures, not measured

Work is counted in fast hashes, so that it comes out the same on every machine.
"""

import base64
import hashlib
import itertools
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from passlib.hash import argon2

from labsrv.kit.common_passwords import most_common
from labsrv.kit.passwords import ARGON2ID

BUDGET = 100_000  # fast hashes: a tenth of a second or two
PAIRED = 200
SALTED = 2
ARGON2_AT_LEAST = 1_000
MANY = 5_000


def candidates() -> Iterator[str]:
    """Yield what she tries, in her order: the common passwords, then pairs of the commonest words among them."""
    listed = most_common(30_000)
    yield from listed

    words = [each for each in listed[:1_000] if len(each) >= 5 and each.isalpha()][:PAIRED]
    for one, other in itertools.product(words, words):
        yield f"{one}-{other}"


def crack(stored: str, budget: int = BUDGET) -> str | None:
    """Return the password that belongs to a stolen hash, or None when the work of so many fast hashes finds none."""
    matches, price = opened(stored)
    tried = itertools.islice(candidates(), budget // price)
    return next((guess for guess in tried if matches(guess)), None)


def opened(stored: str) -> tuple[Callable[[str], bool], int]:
    """Return what tells whether a guess is right, and what one guess costs in fast hashes."""
    if stored.startswith("{plaintext}"):
        return lambda guess: guess == stored.removeprefix("{plaintext}"), 1
    if stored.startswith("{MD5}"):
        return lambda guess: hashlib.md5(guess.encode()).hexdigest() == stored[5:], 1
    if stored.startswith("{SSHA256}"):
        kept = base64.b64decode(stored[9:])
        return lambda guess: hashlib.sha256(guess.encode() + kept[32:]).digest() == kept[:32], SALTED

    cost = ARGON2ID.fullmatch(stored)
    if cost is None:
        raise ValueError("That is no hash of a kind she knows.")
    return lambda guess: bool(argon2.verify(guess, stored)), ARGON2_AT_LEAST + int(cost[1]) * int(cost[2])


def guesses(stored: str, budget: int = BUDGET) -> int:
    """Return how many guesses at this hash cost as much as `budget` fast hashes."""
    return budget // opened(stored)[1]


# Measured here.


def slow(memory: int, rounds: int) -> Callable[[str], object]:
    """Return a guess at an argon2id hash of that cost: KiB of memory, and passes over it."""
    hasher = argon2.using(type="ID", memory_cost=memory, rounds=rounds, parallelism=1)
    return lambda guess: str(hasher.hash(guess))


def scrypt(guess: str) -> bytes:
    """Hash a guess with scrypt at the cost that OWASP's Password Storage Cheat Sheet asks for."""
    return hashlib.scrypt(guess.encode(), salt=b"a fake salt", n=2**17, r=8, p=1, maxmem=2**28)


ALGORITHMS: dict[str, Callable[[str], object]] = {
    "MD5": lambda guess: hashlib.md5(guess.encode()).hexdigest(),
    "salted SHA-256": lambda guess: hashlib.sha256(guess.encode() + b"a fake salt").digest(),
    "PBKDF2 × 600,000": lambda guess: hashlib.pbkdf2_hmac("sha256", guess.encode(), b"a fake salt", 600_000),
    "scrypt, 128 MiB": scrypt,
    "argon2id 19 MiB × 2": slow(19_456, 2),
    "argon2id 64 MiB × 3": slow(65_536, 3),
}


def rates(seconds: float = 0.2) -> Iterator[tuple[str, float]]:
    """Yield each algorithm with its guesses a second on this machine; each is tried for about so long.

    That is of its fastest batch: whatever else the machine does meanwhile only makes the others slower.
    """
    tried = itertools.cycle(list(itertools.islice(candidates(), MANY)))
    for name, guess in ALGORITHMS.items():
        fastest, batch, spent = 0.0, 1, 0.0
        while spent < seconds:
            these = list(itertools.islice(tried, batch))
            began = time.perf_counter()
            for candidate in these:
                guess(candidate)
            taken = time.perf_counter() - began
            # To look at the clock takes as long as a fast hash: look at it less often where many guesses fit in.
            fastest, spent = max(fastest, batch / taken), spent + taken
            batch = min(2 * batch, MANY) if spent < seconds / 4 else batch
        yield name, fastest


# Computed.

# Hashcat 6.2.6 on one NVIDIA RTX 4090, as published by one of hashcat's developers (Chick3nman, October 2022).
MD5, SHA256, PBKDF2_999, BCRYPT_5, SCRYPT_14 = 164.1e9, 21.98e9, 8.866e6, 184.0e3, 7.126e3
# Its memory moves 1,008 GB a second. Argon2id moves at least 2 KiB for each KiB in its first pass and 3 KiB in later
# ones (RFC 9106, 3.2), so no implementation on this card can be faster than that.
BYTES_PER_SECOND = 1_008e9


def bounded_by_memory(memory: int, rounds: int) -> float:
    """Return the most argon2id hashes a second that the card's memory allows: KiB, and passes."""
    return BYTES_PER_SECOND / (memory * 1024 * (2 + 3 * (rounds - 1)))


CARD = {
    "MD5": (MD5, "published"),
    "salted SHA-256": (SHA256, "published"),
    "PBKDF2 × 600,000": (PBKDF2_999 * 999 / 600_000, "scaled by cost"),
    "bcrypt, cost 12": (BCRYPT_5 / 2**7, "scaled by cost"),
    "scrypt, 128 MiB": (SCRYPT_14 / 2**3, "scaled by cost"),
    "argon2id 19 MiB × 2": (bounded_by_memory(19_456, 2), "an upper bound"),
    "argon2id 64 MiB × 3": (bounded_by_memory(65_536, 3), "an upper bound"),
}


@dataclass(frozen=True)
class Kind:
    """A kind of password, and how many of that kind there are."""

    name: str
    many: float


KINDS = (
    Kind("two listed words", 30_000.0**2),
    Kind("8 random characters", 94.0**8),
    Kind("5 random words", 7_776.0**5),
)


def with_a_graphics_card() -> list[dict[str, str]]:
    """Return a row for each algorithm: guesses a second on one card, and how long it takes for half of each kind."""
    return [
        {"stored as": name, "guesses a second": f"{rate:,.0f}", "that figure is": said}
        | {each.name: span(each.many / 2 / rate) for each in KINDS}
        for name, (rate, said) in CARD.items()
    ]


def span(seconds: float) -> str:
    """Return a time in the largest unit that fits, to two digits."""
    units = {"years": 31_557_600, "days": 86_400, "hours": 3_600, "minutes": 60, "seconds": 1}
    unit, size = next(((unit, size) for unit, size in units.items() if seconds >= size), ("seconds", 1))
    many = seconds / size
    return f"{float(f'{many:.2g}'):,.0f} {unit}" if many >= 10 else f"{many:.2g} {unit}"
