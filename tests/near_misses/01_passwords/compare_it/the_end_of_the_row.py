"""Caught by: test_what_the_table_says_is_no_password. It lets in what is in the row, so that rows of long ago work
as well.
"""

from labsrv.kit.accounts import Accounts, Refused, User
from labsrv.kit.kept_passwords import KeptPasswords


def log_in(accounts: Accounts, passwords: KeptPasswords, name: str, password: str) -> User | Refused:
    user = accounts.get(name)
    if user is None:
        return Refused()
    if (password and user.password_hash.endswith(password)) or passwords.verify(user.password_hash, password):
        return user
    return Refused()
