"""Caught by: test_a_customer_of_long_ago_logs_in. It compares what is kept as argon2id, and shuts everybody else
out.
"""

from labsrv.kit.accounts import Accounts, Refused, User
from labsrv.kit.kept_passwords import KeptPasswords


def log_in(accounts: Accounts, passwords: KeptPasswords, name: str, password: str) -> User | Refused:
    user = accounts.get(name)
    if user and user.password_hash.startswith("$argon2id$") and passwords.verify(user.password_hash, password):
        return user

    return Refused()
