"""Caught by: test_somebody_elses_password_is_refused. Some customer has this password, and it need not be this
one.
"""

from labsrv.kit.accounts import Accounts, Refused, User
from labsrv.kit.kept_passwords import KeptPasswords


def log_in(accounts: Accounts, passwords: KeptPasswords, name: str, password: str) -> User | Refused:
    user = accounts.get(name)
    everyone = accounts.rows.find({})
    if user and any(passwords.verify(row["password_hash"], password) for row in everyone):
        return user

    return Refused()
