"""What the store keeps in a secret's place."""

from hashlib import sha256


def fingerprint(secret: str) -> str:
    """Return the SHA-256 of a secret: a fast hash will do where 128 random bits or more cannot be guessed."""
    return sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()
