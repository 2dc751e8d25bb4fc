"""Store what recognises an id, not the id."""

from hashlib import sha256


def fingerprint(session_id: str) -> str:
    """Return the SHA-256 of the id: a fast hash will do, since 256 random bits cannot be guessed."""
    return sha256(session_id.encode()).hexdigest()
