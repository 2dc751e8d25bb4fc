"""Take a password as it was typed, on whatever keyboard."""

import unicodedata


def prepare(password: str) -> str:
    """Return all of the password, as its composed characters (RFC 8265, 4.2: NFC, and no case mapping; ASVS 6.2.8)."""
    return unicodedata.normalize("NFC", password)
