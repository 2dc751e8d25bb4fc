"""Caught by: test_a_long_password_logs_in. It compares as much as bcrypt would, and long passwords fit no more."""

from labsrv.kit.accounts import Accounts, Refused, User
from labsrv.kit.kept_passwords import KeptPasswords


def log_in(accounts: Accounts, passwords: KeptPasswords, name: str, password: str) -> User | Refused:
    user = accounts.get(name)
    if user is None:
        return Refused()
    if not passwords.verify(user.password_hash, password[:72]):
        return Refused()
    return user
