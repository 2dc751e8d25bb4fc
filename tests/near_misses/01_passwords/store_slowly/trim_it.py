"""Caught by: test_a_guess_costs_what_the_shop_can_afford. The hash is slow, and of another password than the one
that was chosen.
"""

from labsrv.kit.passwords import Hasher


def store_password(hasher: Hasher, password: str) -> str:
    return hasher.hash(password.strip())
