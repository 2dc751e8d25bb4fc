"""Draw ids that tell nothing, and keep none of them."""

import secrets
from hashlib import sha256


def new_id(user: str | None) -> str:
    """Return the id of a new session; `user` is None for a visitor who has not logged in."""
    # 256 bits from the system's generator: nothing to read in them, and nothing to count up.
    return secrets.token_urlsafe(32)


def fingerprint(session_id: str) -> str:
    """Return the name of the session's row in the store."""
    # A fast hash will do: 256 random bits can't be guessed, however fast one guesses.
    return sha256(session_id.encode()).hexdigest()
