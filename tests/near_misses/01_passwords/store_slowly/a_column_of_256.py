"""Caught by: test_a_guess_costs_what_the_shop_can_afford. Nobody types more than that, and whoever does has less
than they think.
"""

from labsrv.kit.passwords import Hasher


def store_password(hasher: Hasher, password: str) -> str:
    return hasher.hash(password[:256])
