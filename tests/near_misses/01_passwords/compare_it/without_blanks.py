"""Caught by: test_nearly_right_is_refused. It forgives a slip of the thumb, and makes several passwords one."""

from labsrv.kit.accounts import Accounts, Refused, User
from labsrv.kit.kept_passwords import KeptPasswords


def log_in(accounts: Accounts, passwords: KeptPasswords, name: str, password: str) -> User | Refused:
    user = accounts.get(name)
    if user and passwords.verify(user.password_hash, password.strip()):
        return user

    return Refused()
