"""Caught by: test_alice_changes_her_password. Everything is asked, and nothing is changed."""

from collections.abc import Mapping

from labsrv.kit.accounts import Accounts, User
from labsrv.kit.kept_passwords import KeptPasswords


def change_password(accounts: Accounts, passwords: KeptPasswords, user: User, form: Mapping[str, str]) -> bool:
    return passwords.verify(user.password_hash, form["current"])
