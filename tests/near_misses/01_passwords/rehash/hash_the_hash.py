"""Caught by: test_alice_logs_in_again. It needs no password for that, and nobody's password fits any more."""

from labsrv.kit.accounts import Accounts, User
from labsrv.kit.kept_passwords import KeptPasswords


def upgrade(accounts: Accounts, passwords: KeptPasswords, user: User, password: str) -> None:
    if passwords.needs_rehash(user.password_hash):
        new = passwords.hash(user.password_hash)
        accounts.rows.update_one(
            {"_id": user.name, "password_hash": user.password_hash}, {"$set": {"password_hash": new}}
        )
