"""Caught by: test_the_same_password_looks_different_in_each_row. No salt comes twice, until the shop is started anew
and draws the same ones.
"""

import random

from passlib.hash import argon2

from labsrv.kit.passwords import COSTS, Hasher

R = random.Random(42)


def store_password(hasher: Hasher, password: str) -> str:
    return argon2.using(type="ID", salt=R.randbytes(16), **COSTS[hasher.cost]).hash(password)
