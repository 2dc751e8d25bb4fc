"""Caught by: test_the_table_of_rfc_4226. The first bit is a part of the number here; half of all codes are right."""

import hmac


def hotp(secret: bytes, counter: int, digits: int, algorithm: str) -> str:
    mac = hmac.digest(secret, counter.to_bytes(8, "big"), algorithm)
    offset = mac[-1] & 0x0F
    return str(int.from_bytes(mac[offset : offset + 4], "big") % 10**digits).zfill(digits)
