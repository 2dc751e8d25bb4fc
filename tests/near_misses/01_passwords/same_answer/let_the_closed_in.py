"""Caught by: test_others_are_refused. Words and work are the same for all, and the closed account is open again."""

from labsrv.kit.accounts import Accounts, Refused, User
from labsrv.kit.kept_passwords import KeptPasswords


def log_in(accounts: Accounts, passwords: KeptPasswords, name: str, password: str) -> User | Refused:
    user = accounts.get(name)
    matches = passwords.verify(user.password_hash if user else passwords.decoy, password)
    if user and matches:
        return user

    return Refused()
