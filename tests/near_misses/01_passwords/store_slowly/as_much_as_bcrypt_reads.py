"""Caught by: test_a_guess_costs_what_the_shop_can_afford. The hash is slow, and what comes after 72 bytes costs
nothing to guess.
"""

from labsrv.kit.passwords import Hasher


def store_password(hasher: Hasher, password: str) -> str:
    return hasher.hash(password.encode()[:72].decode(errors="ignore"))
