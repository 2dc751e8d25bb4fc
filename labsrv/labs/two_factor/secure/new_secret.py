"""Draw the secret that shop and app share."""

import base64
import secrets


def new_secret(user: str) -> str:
    """Return 160 bits from the system's generator, in base32 (RFC 4226, 4, R6; ASVS 6.5.3)."""
    return base64.b32encode(secrets.token_bytes(20)).decode()
