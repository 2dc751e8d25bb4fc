"""Caught by: test_the_table_of_rfc_4226. Eight bytes of the counter, and the wrong one of them first."""

import hmac


def hotp(secret: bytes, counter: int, digits: int, algorithm: str) -> str:
    mac = hmac.digest(secret, counter.to_bytes(8, "little"), algorithm)
    offset = mac[-1] & 0x0F
    number = int.from_bytes(mac[offset : offset + 4], "big") & 0x7FFF_FFFF
    return str(number % 10**digits).zfill(digits)
