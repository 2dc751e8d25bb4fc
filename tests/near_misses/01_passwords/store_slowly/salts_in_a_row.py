"""Caught by: test_the_same_password_looks_different_in_each_row. Each row has the next number for a salt; a salt
need not be secret, and has to be new.
"""

import itertools

from passlib.hash import argon2

from labsrv.kit.passwords import COSTS, Hasher

N = itertools.count(1)


def store_password(hasher: Hasher, password: str) -> str:
    return argon2.using(type="ID", salt=next(N).to_bytes(16), **COSTS[hasher.cost]).hash(password)
