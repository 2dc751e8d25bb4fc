"""Caught by: test_another_password_is_refused. There is a password in the form, and nobody looks at which."""

from labsrv.kit.accounts import Accounts, Refused, User
from labsrv.kit.kept_passwords import KeptPasswords


def log_in(accounts: Accounts, passwords: KeptPasswords, name: str, password: str) -> User | Refused:
    user = accounts.get(name)
    if user is None or not password:
        return Refused()

    return user
