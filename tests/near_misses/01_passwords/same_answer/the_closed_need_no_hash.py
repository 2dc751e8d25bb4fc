"""Caught by: test_so_does_everybody_else. A closed account is refused anyway, so why hash for it."""

from labsrv.kit.accounts import Accounts, Refused, User
from labsrv.kit.kept_passwords import KeptPasswords


def log_in(accounts: Accounts, passwords: KeptPasswords, name: str, password: str) -> User | Refused:
    user = accounts.get(name)
    if user and user.disabled:
        return Refused()

    matches = passwords.verify(user.password_hash if user else passwords.decoy, password)
    if user and matches:
        return user

    return Refused()
