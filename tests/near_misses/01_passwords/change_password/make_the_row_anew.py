"""Caught by: test_alice_changes_her_password. It writes a row that has all fields, and loses what there was besides."""

from collections.abc import Mapping

from labsrv.kit.accounts import Accounts, User
from labsrv.kit.kept_passwords import KeptPasswords


def change_password(accounts: Accounts, passwords: KeptPasswords, user: User, form: Mapping[str, str]) -> bool:
    if not passwords.verify(user.password_hash, form["current"]):
        return False
    accounts.rows.replace_one(
        {"_id": user.name},
        {"_id": user.name, "role": "customer", "disabled": False, "password_hash": passwords.hash(form["new"])},
    )
    return True
