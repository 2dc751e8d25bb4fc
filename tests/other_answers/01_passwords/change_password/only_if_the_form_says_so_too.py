"""Refuses a form that names somebody else, whatever the current password is."""

from collections.abc import Mapping

from labsrv.kit.accounts import Accounts, User
from labsrv.kit.kept_passwords import KeptPasswords


def change_password(accounts: Accounts, passwords: KeptPasswords, user: User, form: Mapping[str, str]) -> bool:
    if form["name"] != user.name:
        return False
    if passwords.verify(user.password_hash, form["current"]):
        accounts.set_password(user.name, form["new"])
        return True
    return False
