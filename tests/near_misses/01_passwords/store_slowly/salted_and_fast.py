"""Caught by: test_a_guess_costs_what_the_shop_can_afford. Each row has a salt, and each guess costs as good as
nothing.
"""

from passlib.hash import ldap_salted_sha256

from labsrv.kit.passwords import Hasher


def store_password(hasher: Hasher, password: str) -> str:
    return str(ldap_salted_sha256.hash(password))
