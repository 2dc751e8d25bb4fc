"""Caught by: test_the_current_password_is_asked_for. With the Shift key locked every letter is large, and so it
tries small ones.
"""

from collections.abc import Mapping

from labsrv.kit.accounts import Accounts, User
from labsrv.kit.kept_passwords import KeptPasswords


def change_password(accounts: Accounts, passwords: KeptPasswords, user: User, form: Mapping[str, str]) -> bool:
    if not any(passwords.verify(user.password_hash, p) for p in (form["current"], form["current"].lower())):
        return False
    accounts.set_password(user.name, form["new"])
    return True
