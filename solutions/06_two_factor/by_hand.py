"""Make a code that says nothing about the next one."""

import hmac


def hotp(secret: bytes, counter: int, digits: int, algorithm: str) -> str:
    """Return the code of this counter: so many digits. `algorithm` is "sha1", "sha256" or "sha512".

    It is to be made by hand: pyotp is closed here.
    """
    # Without the secret nobody can say what an HMAC of the next counter is, whatever they have seen of the others.
    mac = hmac.digest(secret, counter.to_bytes(8, "big"), algorithm)
    offset = mac[-1] & 0x0F
    number = int.from_bytes(mac[offset : offset + 4], "big") & 0x7FFF_FFFF
    return str(number % 10**digits).zfill(digits)
