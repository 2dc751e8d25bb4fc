"""Caught by: test_the_same_password_looks_different_in_each_row. Hashing is slow, so what was hashed once is
used again.
"""

from functools import cache

from labsrv.kit.passwords import Hasher


def store_password(hasher: Hasher, password: str) -> str:
    return hashed(hasher, password)


@cache
def hashed(hasher: Hasher, password: str) -> str:
    return hasher.hash(password)
