"""Caught by: test_a_guess_costs_what_the_shop_can_afford. A line end at the end of a password is part of it."""

from labsrv.kit.passwords import Hasher


def store_password(hasher: Hasher, password: str) -> str:
    return hasher.hash(password.rstrip("\n"))
