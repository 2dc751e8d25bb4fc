"""Draw a session id that tells nothing and cannot be guessed."""

import secrets


def new_id(user: str | None) -> str:
    """Return 256 bits from the system's generator; at least 128 are required (ASVS 7.2.3)."""
    return secrets.token_urlsafe(32)
