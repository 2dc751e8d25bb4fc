"""Finds and writes in one with another operation of the store."""

from labsrv.kit.accounts import Accounts, User
from labsrv.kit.kept_passwords import KeptPasswords


def upgrade(accounts: Accounts, passwords: KeptPasswords, user: User, password: str) -> None:
    if not passwords.needs_rehash(user.password_hash):
        return
    accounts.rows.find_one_and_update(
        {"_id": user.name, "password_hash": user.password_hash}, {"$set": {"password_hash": passwords.hash(password)}}
    )
