"""Hashes with the hasher itself, and compares the password once more before."""

from labsrv.kit.accounts import Accounts, User
from labsrv.kit.kept_passwords import KeptPasswords


def upgrade(accounts: Accounts, passwords: KeptPasswords, user: User, password: str) -> None:
    if not passwords.needs_rehash(user.password_hash):
        return
    accounts.rows.update_one(
        {"_id": user.name, "password_hash": user.password_hash},
        {"$set": {"password_hash": passwords.hasher.hash(password)}},
    )
