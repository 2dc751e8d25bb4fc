"""Caught by: test_a_password_changed_meanwhile_stays_changed. It asks whether the row is still the same, and
writes a moment later.
"""

from labsrv.kit.accounts import Accounts, User
from labsrv.kit.kept_passwords import KeptPasswords


def upgrade(accounts: Accounts, passwords: KeptPasswords, user: User, password: str) -> None:
    now = accounts.get(user.name)
    if now and now.password_hash == user.password_hash and passwords.needs_rehash(user.password_hash):
        accounts.set_password(user.name, password)
