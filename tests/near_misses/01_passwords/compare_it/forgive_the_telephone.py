"""Caught by: test_nearly_right_is_refused. A telephone writes the first letter large, and so it tries a small one."""

from labsrv.kit.accounts import Accounts, Refused, User
from labsrv.kit.kept_passwords import KeptPasswords


def log_in(accounts: Accounts, passwords: KeptPasswords, name: str, password: str) -> User | Refused:
    user = accounts.get(name)
    if user is None:
        return Refused()
    if not any(passwords.verify(user.password_hash, p) for p in (password, password[:1].lower() + password[1:])):
        return Refused()
    return user
