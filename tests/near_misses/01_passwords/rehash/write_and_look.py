"""Caught by: test_a_password_changed_meanwhile_stays_changed. It writes, looks at what was there, and puts that
back: for a moment the old password opens the account.
"""

from labsrv.kit.accounts import Accounts, User
from labsrv.kit.kept_passwords import KeptPasswords


def upgrade(accounts: Accounts, passwords: KeptPasswords, user: User, password: str) -> None:
    if not passwords.needs_rehash(user.password_hash):
        return
    new = passwords.hash(password)
    row = accounts.rows.find_one_and_update({"_id": user.name}, {"$set": {"password_hash": new}})
    if row["password_hash"] != user.password_hash:
        accounts.rows.update_one(
            {"_id": user.name, "password_hash": new}, {"$set": {"password_hash": row["password_hash"]}}
        )
