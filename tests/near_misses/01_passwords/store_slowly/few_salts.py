"""Caught by: test_the_same_password_looks_different_in_each_row. Each row has a salt that was drawn, of 256 that
there are.
"""

import secrets

from passlib.hash import argon2

from labsrv.kit.passwords import COSTS, Hasher


def store_password(hasher: Hasher, password: str) -> str:
    return argon2.using(type="ID", salt=b"teashop" + bytes([secrets.randbelow(256)]), **COSTS[hasher.cost]).hash(
        password
    )
