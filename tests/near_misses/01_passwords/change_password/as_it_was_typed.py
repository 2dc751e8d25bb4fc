"""Caught by: test_alice_changes_her_password. The right person changes the right row, and it says the password."""

from collections.abc import Mapping

from labsrv.kit.accounts import Accounts, User
from labsrv.kit.kept_passwords import KeptPasswords


def change_password(accounts: Accounts, passwords: KeptPasswords, user: User, form: Mapping[str, str]) -> bool:
    if not passwords.verify(user.password_hash, form["current"]):
        return False
    accounts.rows.update_one({"_id": user.name}, {"$set": {"password_hash": "{plaintext}" + form["new"]}})
    return True
