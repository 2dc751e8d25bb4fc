"""Has passlib hash at the cost that the shop's hasher names."""

from passlib.hash import argon2

from labsrv.kit.passwords import COSTS, Hasher


def store_password(hasher: Hasher, password: str) -> str:
    return argon2.using(type="ID", **COSTS[hasher.cost]).hash(password)
