"""Caught by: test_alice_gets_in_by_text_message. It counts the calls; sending and comparing are two."""

import hmac
import itertools

CALLS = itertools.count()


def hotp(secret: bytes, counter: int, digits: int, algorithm: str) -> str:
    mac = hmac.digest(secret, next(CALLS).to_bytes(8, "big"), algorithm)
    offset = mac[-1] & 0x0F
    number = int.from_bytes(mac[offset : offset + 4], "big") & 0x7FFF_FFFF
    return str(number % 10**digits).zfill(digits)
