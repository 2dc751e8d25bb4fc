"""Compares the new row once before it is kept: twice the work, and the same row."""

from labsrv.kit.passwords import Hasher


def store_password(hasher: Hasher, password: str) -> str:
    kept = hasher.hash(password)
    if not hasher.verify(kept, password):
        raise ValueError("The hash does not match.")
    return kept
