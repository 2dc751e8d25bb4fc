"""Caught by: test_nobody_else_notices. All rows are renewed at once, with the one password that is at hand."""

from labsrv.kit.accounts import Accounts, User
from labsrv.kit.kept_passwords import KeptPasswords


def upgrade(accounts: Accounts, passwords: KeptPasswords, user: User, password: str) -> None:
    if passwords.needs_rehash(user.password_hash):
        new = passwords.hash(password)
        accounts.rows.update_many({}, {"$set": {"password_hash": new}})
