"""Caught by: test_alice_logs_in. Everybody costs the same, since everybody is compared with the decoy."""

from labsrv.kit.accounts import Accounts, Refused, User
from labsrv.kit.kept_passwords import KeptPasswords


def log_in(accounts: Accounts, passwords: KeptPasswords, name: str, password: str) -> User | Refused:
    user = accounts.get(name)
    if user and passwords.verify(passwords.decoy, password) and not user.disabled:
        return user

    return Refused()
