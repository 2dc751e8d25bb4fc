"""The bytes come from a library's own generator of keys, past Python's, and are hashed with the user's name."""

from hashlib import sha256

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey


def new_id(user: str | None) -> str:
    key = X25519PrivateKey.generate().private_bytes_raw()
    return sha256(key + repr(user).encode()).hexdigest()


def fingerprint(session_id: str) -> str:
    return sha256(session_id.encode()).hexdigest()
