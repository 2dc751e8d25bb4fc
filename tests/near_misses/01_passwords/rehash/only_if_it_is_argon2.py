"""Caught by: test_an_old_row_is_renewed. It asks the hasher about the cost, for rows that have one."""

from labsrv.kit.accounts import Accounts, User
from labsrv.kit.kept_passwords import KeptPasswords


def upgrade(accounts: Accounts, passwords: KeptPasswords, user: User, password: str) -> None:
    if user.password_hash.startswith("$argon2id$") and passwords.needs_rehash(user.password_hash):
        accounts.rows.update_one(
            {"_id": user.name, "password_hash": user.password_hash},
            {"$set": {"password_hash": passwords.hash(password)}},
        )
