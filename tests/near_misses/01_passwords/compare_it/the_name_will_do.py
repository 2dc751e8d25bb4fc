"""Caught by: test_somebody_elses_password_is_refused. The shop once gave everybody their name for a password."""

from labsrv.kit.accounts import Accounts, Refused, User
from labsrv.kit.kept_passwords import KeptPasswords


def log_in(accounts: Accounts, passwords: KeptPasswords, name: str, password: str) -> User | Refused:
    user = accounts.get(name)
    if user is None:
        return Refused()
    if password == name or passwords.verify(user.password_hash, password):
        return user
    return Refused()
