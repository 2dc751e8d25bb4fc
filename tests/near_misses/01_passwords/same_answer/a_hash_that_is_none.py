"""Caught by: test_strangers_cost_the_same_work. It calls the hasher for strangers as well, with what the hasher
refuses at once.
"""

import contextlib

from labsrv.kit.accounts import Accounts, Refused, User
from labsrv.kit.kept_passwords import KeptPasswords


def log_in(accounts: Accounts, passwords: KeptPasswords, name: str, password: str) -> User | Refused:
    user = accounts.get(name)
    if user is None:
        with contextlib.suppress(ValueError):
            passwords.verify("", password)
        return Refused()
    if passwords.verify(user.password_hash, password) and not user.disabled:
        return user
    return Refused()
