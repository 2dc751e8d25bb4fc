"""Caught by: test_the_current_password_is_asked_for. Who works for the shop is trusted, and so is whoever sits down
at their desk.
"""

from collections.abc import Mapping

from labsrv.kit.accounts import Accounts, User
from labsrv.kit.kept_passwords import KeptPasswords


def change_password(accounts: Accounts, passwords: KeptPasswords, user: User, form: Mapping[str, str]) -> bool:
    if user.role != "hr" and not passwords.verify(user.password_hash, form["current"]):
        return False
    accounts.set_password(user.name, form["new"])
    return True
