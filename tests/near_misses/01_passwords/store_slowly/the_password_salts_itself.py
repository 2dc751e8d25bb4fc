"""Caught by: test_the_same_password_looks_different_in_each_row. The salt looks random and follows from the
password.
"""

from hashlib import sha256

from passlib.hash import ldap_salted_sha256

from labsrv.kit.passwords import Hasher


def store_password(hasher: Hasher, password: str) -> str:
    salt = sha256(password.encode()).digest()[:8]
    return str(ldap_salted_sha256.using(salt=salt).hash(password))
