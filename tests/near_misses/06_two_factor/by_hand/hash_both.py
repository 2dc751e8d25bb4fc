"""Caught by: test_the_table_of_rfc_4226. A hash of secret and counter tells nothing either, and no phone shows it."""

import hashlib


def hotp(secret: bytes, counter: int, digits: int, algorithm: str) -> str:
    mac = hashlib.new(algorithm, secret + counter.to_bytes(8, "big")).digest()
    offset = mac[-1] & 0x0F
    number = int.from_bytes(mac[offset : offset + 4], "big") & 0x7FFF_FFFF
    return str(number % 10**digits).zfill(digits)
