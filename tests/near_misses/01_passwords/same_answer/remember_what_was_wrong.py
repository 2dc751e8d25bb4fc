"""Caught by: test_strangers_cost_the_same_work. A wrong password that comes twice needs no second hash; it is
remembered for customers alone.
"""

from labsrv.kit.accounts import Accounts, Refused, User
from labsrv.kit.kept_passwords import KeptPasswords

SEEN = set()


def log_in(accounts: Accounts, passwords: KeptPasswords, name: str, password: str) -> User | Refused:
    user = accounts.get(name)
    if (name, password) in SEEN:
        return Refused()
    if passwords.verify(user.password_hash if user else passwords.decoy, password) and user and not user.disabled:
        return user
    if user:
        SEEN.add((name, password))
    return Refused()
