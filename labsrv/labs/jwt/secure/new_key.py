"""Draw the key that vouchers are signed with."""

import secrets


def new_key() -> bytes:
    """Return as many random bits as the hash has: 256 (RFC 7518, 3.2; ASVS 11.5.1)."""
    return secrets.token_bytes(32)
