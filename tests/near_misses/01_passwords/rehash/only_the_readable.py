"""Caught by: test_an_old_row_is_renewed. Plain text and MD5 are gone; an argon2id hash at the cost of long ago
stays.
"""

from labsrv.kit.accounts import Accounts, User
from labsrv.kit.kept_passwords import KeptPasswords


def upgrade(accounts: Accounts, passwords: KeptPasswords, user: User, password: str) -> None:
    if not user.password_hash.startswith("$argon2id$"):
        accounts.rows.update_one(
            {"_id": user.name, "password_hash": user.password_hash},
            {"$set": {"password_hash": passwords.hash(password)}},
        )
