"""Looks whether the row is still the same, and has the store ask again when it writes."""

from labsrv.kit.accounts import Accounts, User
from labsrv.kit.kept_passwords import KeptPasswords


def upgrade(accounts: Accounts, passwords: KeptPasswords, user: User, password: str) -> None:
    if not passwords.needs_rehash(user.password_hash):
        return

    row = accounts.rows.find_one({"_id": user.name})
    if row and row["password_hash"] == user.password_hash:
        accounts.rows.update_one(
            {"_id": user.name, "password_hash": row["password_hash"]},
            {"$set": {"password_hash": passwords.hash(password)}},
        )
