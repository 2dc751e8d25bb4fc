"""Caught by: test_alice_changes_her_password. Two hashes of one password are never equal: nobody can change
anything.
"""

from collections.abc import Mapping

from labsrv.kit.accounts import Accounts, User
from labsrv.kit.kept_passwords import KeptPasswords


def change_password(accounts: Accounts, passwords: KeptPasswords, user: User, form: Mapping[str, str]) -> bool:
    if passwords.hash(form["current"]) != user.password_hash:
        return False

    accounts.set_password(user.name, form["new"])
    return True
