"""Caught by: test_strangers_read_the_same_words. Both sentences say as much, and one has no full stop."""

from labsrv.kit.accounts import Accounts, Refused, User
from labsrv.kit.kept_passwords import KeptPasswords


def log_in(accounts: Accounts, passwords: KeptPasswords, name: str, password: str) -> User | Refused:
    user = accounts.get(name)
    matches = passwords.verify(user.password_hash if user else passwords.decoy, password)
    if user is None:
        return Refused("Name or password is wrong")
    if matches and not user.disabled:
        return user

    return Refused()
