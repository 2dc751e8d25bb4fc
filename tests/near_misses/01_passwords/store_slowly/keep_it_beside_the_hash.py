"""Caught by: test_the_table_does_not_say_the_password. The row is slow to guess, and says the password first."""

from labsrv.kit.passwords import Hasher


def store_password(hasher: Hasher, password: str) -> str:
    hasher.hash(password)
    return "{plaintext}" + password
