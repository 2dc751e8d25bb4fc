"""Caught by: test_another_password_is_refused. The comparison is made, and what it says is dropped."""

from labsrv.kit.accounts import Accounts, Refused, User
from labsrv.kit.kept_passwords import KeptPasswords


def log_in(accounts: Accounts, passwords: KeptPasswords, name: str, password: str) -> User | Refused:
    user = accounts.get(name)
    if user is None:
        return Refused()

    passwords.verify(user.password_hash, password)
    return user
