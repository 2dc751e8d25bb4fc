"""Caught by: test_nearly_right_is_refused. A line end that was pasted along is dropped; it was part of what was
sent.
"""

from labsrv.kit.accounts import Accounts, Refused, User
from labsrv.kit.kept_passwords import KeptPasswords


def log_in(accounts: Accounts, passwords: KeptPasswords, name: str, password: str) -> User | Refused:
    user = accounts.get(name)
    if user is None:
        return Refused()
    if not passwords.verify(user.password_hash, password.rstrip("\r\n")):
        return Refused()
    return user
