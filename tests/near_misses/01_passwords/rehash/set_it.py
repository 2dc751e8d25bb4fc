"""Caught by: test_a_password_changed_meanwhile_stays_changed. It renews the row, and does not ask whether the
row is still the same.
"""

from labsrv.kit.accounts import Accounts, User
from labsrv.kit.kept_passwords import KeptPasswords


def upgrade(accounts: Accounts, passwords: KeptPasswords, user: User, password: str) -> None:
    if passwords.needs_rehash(user.password_hash):
        accounts.set_password(user.name, password)
