"""Caught by: test_nobody_elses_password_is_changed. Who works for the shop may change anybody's password, with their
own.
"""

from collections.abc import Mapping

from labsrv.kit.accounts import Accounts, User
from labsrv.kit.kept_passwords import KeptPasswords


def change_password(accounts: Accounts, passwords: KeptPasswords, user: User, form: Mapping[str, str]) -> bool:
    if not passwords.verify(user.password_hash, form["current"]):
        return False
    accounts.set_password(form["name"] if user.role == "hr" else user.name, form["new"])
    return True
