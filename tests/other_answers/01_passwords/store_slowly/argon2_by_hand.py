"""Draws the salt itself, and has argon2's own library hash at the shop's cost."""

import os

from argon2.low_level import Type, hash_secret

from labsrv.kit.passwords import COSTS, Hasher


def store_password(hasher: Hasher, password: str) -> str:
    cost = COSTS[hasher.cost]
    return hash_secret(
        password.encode(),
        os.urandom(16),
        time_cost=cost["rounds"],
        memory_cost=cost["memory_cost"],
        parallelism=cost["parallelism"],
        hash_len=32,
        type=Type.ID,
    ).decode()
