"""Caught by: test_nearly_right_is_refused. It forgives the Caps Lock key, and accepts what is not the password."""

from labsrv.kit.accounts import Accounts, Refused, User
from labsrv.kit.kept_passwords import KeptPasswords


def log_in(accounts: Accounts, passwords: KeptPasswords, name: str, password: str) -> User | Refused:
    user = accounts.get(name)
    if user and any(passwords.verify(user.password_hash, each) for each in (password, password.lower())):
        return user

    return Refused()
