"""Caught by: test_the_current_password_is_asked_for. The answer is right, and by then the password is changed."""

from collections.abc import Mapping

from labsrv.kit.accounts import Accounts, User
from labsrv.kit.kept_passwords import KeptPasswords


def change_password(accounts: Accounts, passwords: KeptPasswords, user: User, form: Mapping[str, str]) -> bool:
    accounts.set_password(user.name, form["new"])
    return passwords.verify(user.password_hash, form["current"])
