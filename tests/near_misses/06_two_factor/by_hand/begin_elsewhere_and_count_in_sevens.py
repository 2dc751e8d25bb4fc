"""Caught by: test_a_code_says_nothing_about_the_next. Seven is not one; Mallory needs two codes to see it."""

import hashlib


def hotp(secret: bytes, counter: int, digits: int, algorithm: str) -> str:
    start = int.from_bytes(hashlib.new(algorithm, secret).digest(), "big")
    return str((start + 7919 * counter) % 10**digits).zfill(digits)
