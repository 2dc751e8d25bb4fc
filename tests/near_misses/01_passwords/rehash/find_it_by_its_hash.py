"""Caught by: test_alice_logs_in_again. The hash says which row is meant, unless two customers have the same."""

from labsrv.kit.accounts import Accounts, User
from labsrv.kit.kept_passwords import KeptPasswords


def upgrade(accounts: Accounts, passwords: KeptPasswords, user: User, password: str) -> None:
    if not passwords.needs_rehash(user.password_hash):
        return
    accounts.rows.update_one(
        {"password_hash": user.password_hash}, {"$set": {"password_hash": passwords.hash(password)}}
    )
