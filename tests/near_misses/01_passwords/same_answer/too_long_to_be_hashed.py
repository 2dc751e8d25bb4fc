"""Caught by: test_strangers_cost_the_same_work. It hands the decoy and a password to the hasher that is too long for
it: nothing is hashed.
"""

import contextlib

from labsrv.kit.accounts import Accounts, Refused, User
from labsrv.kit.kept_passwords import KeptPasswords


def log_in(accounts: Accounts, passwords: KeptPasswords, name: str, password: str) -> User | Refused:
    user = accounts.get(name)
    if user is None:
        with contextlib.suppress(ValueError):
            passwords.verify(passwords.decoy, password * 5000)
        return Refused()
    if passwords.verify(user.password_hash, password) and not user.disabled:
        return user
    return Refused()
