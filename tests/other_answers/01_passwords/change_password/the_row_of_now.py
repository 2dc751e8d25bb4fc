"""Reads the row once more, and compares with what it says now."""

from collections.abc import Mapping

from labsrv.kit.accounts import Accounts, User
from labsrv.kit.kept_passwords import KeptPasswords


def change_password(accounts: Accounts, passwords: KeptPasswords, user: User, form: Mapping[str, str]) -> bool:
    today = accounts.get(user.name)
    if today is None or not passwords.verify(today.password_hash, form.get("current", "")):
        return False
    accounts.set_password(today.name, form["new"])
    return True
