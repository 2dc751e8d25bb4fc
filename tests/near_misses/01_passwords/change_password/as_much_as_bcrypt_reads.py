"""Caught by: test_alice_changes_her_password. The new password is cut after seventy-two characters, and Alice types
all of it.
"""

from collections.abc import Mapping

from labsrv.kit.accounts import Accounts, User
from labsrv.kit.kept_passwords import KeptPasswords


def change_password(accounts: Accounts, passwords: KeptPasswords, user: User, form: Mapping[str, str]) -> bool:
    if not passwords.verify(user.password_hash, form["current"]):
        return False
    accounts.set_password(user.name, form["new"][:72])
    return True
