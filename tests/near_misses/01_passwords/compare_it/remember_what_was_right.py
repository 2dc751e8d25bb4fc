"""Caught by: test_another_password_is_refused. It saves the hash for what was right before; a password that was
given up is right for ever.
"""

from labsrv.kit.accounts import Accounts, Refused, User
from labsrv.kit.kept_passwords import KeptPasswords

OK = set()


def log_in(accounts: Accounts, passwords: KeptPasswords, name: str, password: str) -> User | Refused:
    user = accounts.get(name)
    if user is None:
        return Refused()
    if (name, password) in OK or passwords.verify(user.password_hash, password):
        OK.add((name, password))
        return user
    return Refused()
