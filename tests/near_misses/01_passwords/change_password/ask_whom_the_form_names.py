"""Caught by: test_nor_is_it_compared. Nothing is changed for others, and their passwords can be tried here
without end.
"""

from collections.abc import Mapping

from labsrv.kit.accounts import Accounts, User
from labsrv.kit.kept_passwords import KeptPasswords


def change_password(accounts: Accounts, passwords: KeptPasswords, user: User, form: Mapping[str, str]) -> bool:
    named = accounts.get(form["name"])
    if named is None or not passwords.verify(named.password_hash, form["current"]):
        return False

    if named.name == user.name:
        accounts.set_password(user.name, form["new"])
    return True
