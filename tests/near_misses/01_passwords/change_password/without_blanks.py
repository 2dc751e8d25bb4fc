"""Caught by: test_the_current_password_is_asked_for. A blank is quickly typed along, and it is no part of Alice's
password.
"""

from collections.abc import Mapping

from labsrv.kit.accounts import Accounts, User
from labsrv.kit.kept_passwords import KeptPasswords


def change_password(accounts: Accounts, passwords: KeptPasswords, user: User, form: Mapping[str, str]) -> bool:
    if not passwords.verify(user.password_hash, form["current"].strip()):
        return False
    accounts.set_password(user.name, form["new"])
    return True
