"""Caught by: test_so_does_everybody_else. It makes up for the fast hashes of long ago, which is done already."""

from labsrv.kit.accounts import Accounts, Refused, User
from labsrv.kit.kept_passwords import KeptPasswords


def log_in(accounts: Accounts, passwords: KeptPasswords, name: str, password: str) -> User | Refused:
    user = accounts.get(name)
    matches = passwords.verify(user.password_hash if user else passwords.decoy, password)
    if user and user.password_hash.startswith("{"):
        passwords.verify(passwords.decoy, password)
    if user and matches and not user.disabled:
        return user

    return Refused()
