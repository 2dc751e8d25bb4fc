"""Caught by: test_the_current_password_is_asked_for. It compares the field with the one beside it, as one does
with a new password typed twice.
"""

from collections.abc import Mapping

from labsrv.kit.accounts import Accounts, User
from labsrv.kit.kept_passwords import KeptPasswords


def change_password(accounts: Accounts, passwords: KeptPasswords, user: User, form: Mapping[str, str]) -> bool:
    if form["current"] != form["new"] and not passwords.verify(user.password_hash, form["current"]):
        return False

    accounts.set_password(user.name, form["new"])
    return True
