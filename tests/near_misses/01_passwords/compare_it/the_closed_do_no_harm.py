"""Caught by: test_another_password_is_refused. A closed account can do nothing, so it lets anybody have it."""

from labsrv.kit.accounts import Accounts, Refused, User
from labsrv.kit.kept_passwords import KeptPasswords


def log_in(accounts: Accounts, passwords: KeptPasswords, name: str, password: str) -> User | Refused:
    user = accounts.get(name)
    if user is None:
        return Refused()
    if user.disabled or passwords.verify(user.password_hash, password):
        return user
    return Refused()
