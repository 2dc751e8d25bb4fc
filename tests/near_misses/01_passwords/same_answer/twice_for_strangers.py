"""Caught by: test_strangers_cost_the_same_work. Strangers cost something now, and more than customers."""

from labsrv.kit.accounts import Accounts, Refused, User
from labsrv.kit.kept_passwords import KeptPasswords


def log_in(accounts: Accounts, passwords: KeptPasswords, name: str, password: str) -> User | Refused:
    user = accounts.get(name)
    if user is None:
        passwords.verify(passwords.decoy, password)
        passwords.verify(passwords.decoy, name)
        return Refused()

    if passwords.verify(user.password_hash, password) and not user.disabled:
        return user

    return Refused()
