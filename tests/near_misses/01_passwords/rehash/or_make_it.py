"""Caught by: test_a_password_changed_meanwhile_stays_changed. A row that is not there is made, also when its owner
was deleted meanwhile.
"""

from labsrv.kit.accounts import Accounts, User
from labsrv.kit.kept_passwords import KeptPasswords


def upgrade(accounts: Accounts, passwords: KeptPasswords, user: User, password: str) -> None:
    if not passwords.needs_rehash(user.password_hash):
        return
    accounts.rows.update_one(
        {"_id": user.name, "password_hash": user.password_hash},
        {"$set": {"password_hash": passwords.hash(password)}},
        upsert=True,
    )
