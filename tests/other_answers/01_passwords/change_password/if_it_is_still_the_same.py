"""Writes only where the row is still the one that was compared with, in one step."""

from collections.abc import Mapping

from labsrv.kit.accounts import Accounts, User
from labsrv.kit.kept_passwords import KeptPasswords


def change_password(accounts: Accounts, passwords: KeptPasswords, user: User, form: Mapping[str, str]) -> bool:
    if not passwords.verify(user.password_hash, form["current"]):
        return False
    done = accounts.rows.update_one(
        {"_id": user.name, "password_hash": user.password_hash},
        {"$set": {"password_hash": passwords.hash(form["new"])}},
    )
    return done.modified_count == 1
