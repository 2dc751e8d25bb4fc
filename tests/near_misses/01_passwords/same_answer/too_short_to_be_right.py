"""Caught by: test_strangers_cost_the_same_work. Nobody has so short a password, so nothing is hashed for it: unless
the name is invented.
"""

from labsrv.kit.accounts import Accounts, Refused, User
from labsrv.kit.kept_passwords import KeptPasswords


def log_in(accounts: Accounts, passwords: KeptPasswords, name: str, password: str) -> User | Refused:
    user = accounts.get(name)
    if user and len(password) < 15:
        return Refused()
    if passwords.verify(user.password_hash if user else passwords.decoy, password) and user and not user.disabled:
        return user
    return Refused()
