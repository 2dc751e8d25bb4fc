"""Caught by: test_alice_and_bob_log_in. It compares, and with a hash: now nobody gets in."""

from labsrv.kit.accounts import Accounts, Refused, User
from labsrv.kit.kept_passwords import KeptPasswords


def log_in(accounts: Accounts, passwords: KeptPasswords, name: str, password: str) -> User | Refused:
    user = accounts.get(name)
    if user and user.password_hash == password:
        return user

    return Refused()
