"""Caught by: test_the_table_of_rfc_6238. The last byte of a SHA-1 is number 19, and only of a SHA-1."""

import hmac


def hotp(secret: bytes, counter: int, digits: int, algorithm: str) -> str:
    mac = hmac.digest(secret, counter.to_bytes(8, "big"), algorithm)
    offset = mac[19] & 0x0F
    number = int.from_bytes(mac[offset : offset + 4], "big") & 0x7FFF_FFFF
    return str(number % 10**digits).zfill(digits)
