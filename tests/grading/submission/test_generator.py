"""The system's generator as a submission meets it: real until a tape is played, and then what the tape has."""

import os
import random
import secrets
import uuid

import pytest

from labsrv.grading.submission.generator import LONGEST, SystemGenerator


@pytest.fixture
def generator(monkeypatch):
    monkeypatch.setattr(os, "urandom", os.urandom)
    monkeypatch.setattr(random, "_urandom", random._urandom)
    if hasattr(os, "getrandom"):
        monkeypatch.setattr(os, "getrandom", os.getrandom)
    import ssl

    monkeypatch.setattr(ssl, "RAND_bytes", ssl.RAND_bytes)
    generator = SystemGenerator()
    generator.watch()
    return generator


WAYS = {
    "secrets.token_hex": (lambda: secrets.token_hex(16), 16),
    "secrets.token_urlsafe": (lambda: secrets.token_urlsafe(32), 32),
    "os.urandom": (lambda: os.urandom(20), 20),
    "random.SystemRandom": (lambda: random.SystemRandom().getrandbits(128), 16),
    "uuid.uuid4": (lambda: uuid.uuid4().hex, 16),
}


@pytest.mark.parametrize(("ask", "takes"), WAYS.values(), ids=WAYS)
def test_a_tape_gives_the_same_and_counts(generator, ask, takes):
    made = []
    for _ in range(2):
        with generator.playing(b"seed", -1):
            made.append(ask())
        assert generator.taken == takes
    assert made[0] == made[1]
    assert ask() != made[0] and ask() != ask(), "Without a tape it is the system's own."


def test_one_bit_is_flipped(generator):
    with generator.playing(b"seed", -1):
        plain = os.urandom(16)
    for bit in range(128):
        with generator.playing(b"seed", bit):
            other = os.urandom(16)
        assert int.from_bytes(plain, "big") ^ int.from_bytes(other, "big") == 1 << (127 - bit)


def test_a_tape_begins_anew_at_its_end(generator):
    with generator.playing(b"seed", -1):
        first, second = os.urandom(LONGEST), os.urandom(2 * LONGEST + 3)
    assert second == first + first + first[:3]
