"""Caught by: test_the_new_password_works. Hashed twice is hashed better, until somebody logs in."""

from hashlib import sha256

from labsrv.kit.passwords import Hasher


def store_password(hasher: Hasher, password: str) -> str:
    return hasher.hash(sha256(password.encode()).hexdigest())
