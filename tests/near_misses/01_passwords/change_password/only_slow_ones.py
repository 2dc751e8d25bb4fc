"""Caught by: test_the_current_password_is_asked_for. It compares with a row of today, and whoever's row is older is
not asked.
"""

from collections.abc import Mapping

from labsrv.kit.accounts import Accounts, User
from labsrv.kit.kept_passwords import KeptPasswords


def change_password(accounts: Accounts, passwords: KeptPasswords, user: User, form: Mapping[str, str]) -> bool:
    if user.password_hash.startswith("$argon2") and not passwords.verify(user.password_hash, form["current"]):
        return False
    accounts.set_password(user.name, form["new"])
    return True
