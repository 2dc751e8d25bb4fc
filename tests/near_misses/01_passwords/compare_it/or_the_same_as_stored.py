"""Caught by: test_what_the_table_says_is_no_password. Meant for rows in plain text, it takes a stolen hash for
the password.
"""

from labsrv.kit.accounts import Accounts, Refused, User
from labsrv.kit.kept_passwords import KeptPasswords


def log_in(accounts: Accounts, passwords: KeptPasswords, name: str, password: str) -> User | Refused:
    user = accounts.get(name)
    if user and (password == user.password_hash or passwords.verify(user.password_hash, password)):
        return user

    return Refused()
