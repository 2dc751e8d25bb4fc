"""Caught by: test_an_old_row_is_renewed. It remembers whom it has renewed, and a row can be old again: a backup was
read back.
"""

from labsrv.kit.accounts import Accounts, User
from labsrv.kit.kept_passwords import KeptPasswords

DONE = set()


def upgrade(accounts: Accounts, passwords: KeptPasswords, user: User, password: str) -> None:
    if user.name in DONE:
        return
    DONE.add(user.name)
    if passwords.needs_rehash(user.password_hash):
        accounts.rows.update_one(
            {"_id": user.name, "password_hash": user.password_hash},
            {"$set": {"password_hash": passwords.hash(password)}},
        )
