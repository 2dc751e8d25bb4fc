"""Caught by: test_the_current_password_is_asked_for. A row that can't be read must not keep its owner from choosing
a password: nor anybody else.
"""

from collections.abc import Mapping

from labsrv.kit.accounts import Accounts, User
from labsrv.kit.kept_passwords import KeptPasswords


def change_password(accounts: Accounts, passwords: KeptPasswords, user: User, form: Mapping[str, str]) -> bool:
    try:
        if not passwords.verify(user.password_hash, form["current"]):
            return False
    except ValueError:
        pass
    accounts.set_password(user.name, form["new"])
    return True
