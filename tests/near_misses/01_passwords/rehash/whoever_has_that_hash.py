"""Caught by: test_alice_logs_in_again. Two customers with one password have one MD5, and each gets the other's new
row.
"""

from labsrv.kit.accounts import Accounts, User
from labsrv.kit.kept_passwords import KeptPasswords


def upgrade(accounts: Accounts, passwords: KeptPasswords, user: User, password: str) -> None:
    if not passwords.needs_rehash(user.password_hash):
        return
    accounts.rows.update_many(
        {"password_hash": user.password_hash}, {"$set": {"password_hash": passwords.hash(password)}}
    )
