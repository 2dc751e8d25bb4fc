"""Caught by: test_the_current_password_is_asked_for. It is their own account now, and still nobody asks who sits
there.
"""

from collections.abc import Mapping

from labsrv.kit.accounts import Accounts, User
from labsrv.kit.kept_passwords import KeptPasswords


def change_password(accounts: Accounts, passwords: KeptPasswords, user: User, form: Mapping[str, str]) -> bool:
    accounts.set_password(user.name, form["new"])
    return True
