"""Caught by: test_the_table_of_rfc_6238. Nearly all apps use SHA-1, whatever the QR code says."""

import hmac


def hotp(secret: bytes, counter: int, digits: int, algorithm: str) -> str:
    mac = hmac.digest(secret, counter.to_bytes(8, "big"), "sha1")
    offset = mac[-1] & 0x0F
    number = int.from_bytes(mac[offset : offset + 4], "big") & 0x7FFF_FFFF
    return str(number % 10**digits).zfill(digits)
