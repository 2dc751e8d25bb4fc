"""Caught by: test_strangers_cost_the_same_work. Whoever was found to be a stranger is remembered, and answered at
once when they come again.
"""

from labsrv.kit.accounts import Accounts, Refused, User
from labsrv.kit.kept_passwords import KeptPasswords

SEEN = set()


def log_in(accounts: Accounts, passwords: KeptPasswords, name: str, password: str) -> User | Refused:
    user = accounts.get(name)
    if user is None:
        if name not in SEEN:
            passwords.verify(passwords.decoy, password)
            SEEN.add(name)
        return Refused()
    if passwords.verify(user.password_hash, password) and not user.disabled:
        return user
    return Refused()
