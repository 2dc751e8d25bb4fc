"""Caught by: test_a_guess_costs_what_the_shop_can_afford. It is argon2id at the cost that the lab has today,
whatever the shop's hasher has.
"""

from passlib.hash import argon2

from labsrv.kit.passwords import Hasher


def store_password(hasher: Hasher, password: str) -> str:
    return argon2.using(type="ID", memory_cost=8, rounds=1, parallelism=1).hash(password)
