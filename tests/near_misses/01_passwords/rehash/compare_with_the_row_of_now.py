"""Caught by: test_a_password_changed_meanwhile_stays_changed. It asks and writes in one, and asks whether the row is
as it was a moment ago, not as it was compared.
"""

from labsrv.kit.accounts import Accounts, User
from labsrv.kit.kept_passwords import KeptPasswords


def upgrade(accounts: Accounts, passwords: KeptPasswords, user: User, password: str) -> None:
    row = accounts.get(user.name)
    if passwords.needs_rehash(row.password_hash):
        accounts.rows.update_one(
            {"_id": user.name, "password_hash": row.password_hash},
            {"$set": {"password_hash": passwords.hash(password)}},
        )
