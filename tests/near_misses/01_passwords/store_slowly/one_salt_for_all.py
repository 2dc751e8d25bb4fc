"""Caught by: test_the_same_password_looks_different_in_each_row. There is a salt, and it is the same in each row."""

from passlib.hash import ldap_salted_sha256

from labsrv.kit.passwords import Hasher

SALT = b"tea-shop"


def store_password(hasher: Hasher, password: str) -> str:
    return str(ldap_salted_sha256.using(salt=SALT).hash(password))
