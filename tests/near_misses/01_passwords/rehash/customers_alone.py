"""Caught by: test_an_old_row_is_renewed. There are more customers than staff, and the staff's rows stay as they
were.
"""

from labsrv.kit.accounts import Accounts, User
from labsrv.kit.kept_passwords import KeptPasswords


def upgrade(accounts: Accounts, passwords: KeptPasswords, user: User, password: str) -> None:
    if not passwords.needs_rehash(user.password_hash):
        return
    if user.role == "customer":
        accounts.rows.update_one(
            {"_id": user.name, "password_hash": user.password_hash},
            {"$set": {"password_hash": passwords.hash(password)}},
        )
