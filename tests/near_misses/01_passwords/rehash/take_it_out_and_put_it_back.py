"""Caught by: test_alice_logs_in_again. It asks and takes in one; until the row is back its owner is a stranger."""

from labsrv.kit.accounts import Accounts, User
from labsrv.kit.kept_passwords import KeptPasswords


def upgrade(accounts: Accounts, passwords: KeptPasswords, user: User, password: str) -> None:
    if not passwords.needs_rehash(user.password_hash):
        return
    row = accounts.rows.find_one_and_delete({"_id": user.name, "password_hash": user.password_hash})
    if row:
        accounts.rows.insert_one(row | {"password_hash": passwords.hash(password)})
