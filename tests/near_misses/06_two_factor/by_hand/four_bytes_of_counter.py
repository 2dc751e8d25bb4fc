"""Caught by: test_large_counters_count. No counter of today needs more than four bytes, and the other four are
zero.
"""

import hmac


def hotp(secret: bytes, counter: int, digits: int, algorithm: str) -> str:
    mac = hmac.digest(secret, bytes(4) + (counter % 2**32).to_bytes(4, "big"), algorithm)
    offset = mac[-1] & 0x0F
    number = int.from_bytes(mac[offset : offset + 4], "big") & 0x7FFF_FFFF
    return str(number % 10**digits).zfill(digits)
