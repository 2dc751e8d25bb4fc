"""Caught by: test_strangers_read_the_same_words. The work matches; the words still tell."""

from labsrv.kit.accounts import Accounts, Refused, User
from labsrv.kit.kept_passwords import KeptPasswords


def log_in(accounts: Accounts, passwords: KeptPasswords, name: str, password: str) -> User | Refused:
    user = accounts.get(name)
    matches = passwords.verify(user.password_hash if user else passwords.decoy, password)
    if user and matches and not user.disabled:
        return user

    return Refused("That password is wrong." if user else "There is no account by that name.")
