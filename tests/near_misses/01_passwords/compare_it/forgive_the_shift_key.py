"""Caught by: test_nearly_right_is_refused. With the Shift key locked every letter is the other one: it tries both."""

from labsrv.kit.accounts import Accounts, Refused, User
from labsrv.kit.kept_passwords import KeptPasswords


def log_in(accounts: Accounts, passwords: KeptPasswords, name: str, password: str) -> User | Refused:
    user = accounts.get(name)
    if user is None:
        return Refused()
    if not (
        passwords.verify(user.password_hash, password) or passwords.verify(user.password_hash, password.swapcase())
    ):
        return Refused()
    return user
