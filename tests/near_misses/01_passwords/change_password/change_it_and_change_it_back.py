"""Caught by: test_the_current_password_is_asked_for. For a moment Mallory's password is Alice's; the row is then
what it was.
"""

from collections.abc import Mapping

from labsrv.kit.accounts import Accounts, User
from labsrv.kit.kept_passwords import KeptPasswords


def change_password(accounts: Accounts, passwords: KeptPasswords, user: User, form: Mapping[str, str]) -> bool:
    accounts.set_password(user.name, form["new"])
    if not passwords.verify(user.password_hash, form["current"]):
        accounts.rows.update_one({"_id": user.name}, {"$set": {"password_hash": user.password_hash}})
        return False
    return True
