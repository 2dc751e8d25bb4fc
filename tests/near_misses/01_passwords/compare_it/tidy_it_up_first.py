"""Caught by: test_a_customer_of_long_ago_logs_in. Letters that look alike are made one, and whoever chose the other
kind stands outside.
"""

import unicodedata

from labsrv.kit.accounts import Accounts, Refused, User
from labsrv.kit.kept_passwords import KeptPasswords


def log_in(accounts: Accounts, passwords: KeptPasswords, name: str, password: str) -> User | Refused:
    user = accounts.get(name)
    if user is None:
        return Refused()
    if not passwords.verify(user.password_hash, unicodedata.normalize("NFKC", password)):
        return Refused()
    return user
