"""Make a one-time password from a secret and a counter."""

import hmac


def hotp(secret: bytes, counter: int, digits: int, algorithm: str) -> str:
    """RFC 4226, 5.3: HOTP(K, C) = Truncate(HMAC-SHA-1(K, C)); RFC 6238, 1.2 also has SHA-256 and SHA-512."""
    mac = hmac.digest(secret, counter.to_bytes(8, "big"), algorithm)
    offset = mac[-1] & 0x0F
    number = int.from_bytes(mac[offset : offset + 4], "big") & 0x7FFF_FFFF
    return str(number % 10**digits).zfill(digits)
