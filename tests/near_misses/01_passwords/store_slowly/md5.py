"""Caught by: test_the_same_password_looks_different_in_each_row. It cannot be read any more; two of the same are
still the same.
"""

from passlib.hash import ldap_hex_md5

from labsrv.kit.passwords import Hasher


def store_password(hasher: Hasher, password: str) -> str:
    return str(ldap_hex_md5.hash(password))
