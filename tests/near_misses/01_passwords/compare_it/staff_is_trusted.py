"""Caught by: test_another_password_is_refused. Customers have to know their password, and who works for the shop
need not.
"""

from labsrv.kit.accounts import Accounts, Refused, User
from labsrv.kit.kept_passwords import KeptPasswords


def log_in(accounts: Accounts, passwords: KeptPasswords, name: str, password: str) -> User | Refused:
    user = accounts.get(name)
    if user is None:
        return Refused()
    if user.role == "customer" and not passwords.verify(user.password_hash, password):
        return Refused()
    return user
