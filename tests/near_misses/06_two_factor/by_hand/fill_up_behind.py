"""Caught by: test_zeros_in_front_stay. As many digits as there should be; the zeros are on the wrong side."""

import hmac


def hotp(secret: bytes, counter: int, digits: int, algorithm: str) -> str:
    mac = hmac.digest(secret, counter.to_bytes(8, "big"), algorithm)
    offset = mac[-1] & 0x0F
    number = int.from_bytes(mac[offset : offset + 4], "big") & 0x7FFF_FFFF
    return str(number % 10**digits).ljust(digits, "0")
