"""Caught by: test_a_row_of_today_stays. Every login renews the row, and costs twice the work."""

from labsrv.kit.accounts import Accounts, User
from labsrv.kit.kept_passwords import KeptPasswords


def upgrade(accounts: Accounts, passwords: KeptPasswords, user: User, password: str) -> None:
    accounts.rows.update_one(
        {"_id": user.name, "password_hash": user.password_hash}, {"$set": {"password_hash": passwords.hash(password)}}
    )
