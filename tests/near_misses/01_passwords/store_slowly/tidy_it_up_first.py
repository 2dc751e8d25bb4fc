"""Caught by: test_a_guess_costs_what_the_shop_can_afford. The row is of what the password looks like, and the shop
compares what it is.
"""

import unicodedata

from labsrv.kit.passwords import Hasher


def store_password(hasher: Hasher, password: str) -> str:
    return hasher.hash(unicodedata.normalize("NFKC", password))
