"""Caught by: test_bobs_password_is_what_it_was. It changes the rows that have the old hash, and Bob's was the same."""

from collections.abc import Mapping

from labsrv.kit.accounts import Accounts, User
from labsrv.kit.kept_passwords import KeptPasswords


def change_password(accounts: Accounts, passwords: KeptPasswords, user: User, form: Mapping[str, str]) -> bool:
    if not passwords.verify(user.password_hash, form["current"]):
        return False
    accounts.rows.update_many(
        {"password_hash": user.password_hash}, {"$set": {"password_hash": passwords.hash(form["new"])}}
    )
    return True
