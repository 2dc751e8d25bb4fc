"""Store what a password can be checked against, and not found out from."""

from labsrv.kit.passwords import Hasher


def store_password(hasher: Hasher, password: str) -> str:
    """Return an argon2id hash with a salt of its own, at the lab's cost (ASVS 11.4.2; RFC 9106)."""
    return hasher.hash(password)
