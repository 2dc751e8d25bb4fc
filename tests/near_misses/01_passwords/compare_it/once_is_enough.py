"""Caught by: test_another_password_is_refused. Whoever was compared once need not be again: the memory is of the
name, and the name is no secret.
"""

from labsrv.kit.accounts import Accounts, Refused, User
from labsrv.kit.kept_passwords import KeptPasswords

OK = set()


def log_in(accounts: Accounts, passwords: KeptPasswords, name: str, password: str) -> User | Refused:
    user = accounts.get(name)
    if user is None:
        return Refused()
    if name in OK or passwords.verify(user.password_hash, password):
        OK.add(name)
        return user
    return Refused()
