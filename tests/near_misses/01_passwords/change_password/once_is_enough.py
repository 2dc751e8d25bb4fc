"""Caught by: test_the_current_password_is_asked_for. Who has shown once that they know their password is not asked
again.
"""

from collections.abc import Mapping

from labsrv.kit.accounts import Accounts, User
from labsrv.kit.kept_passwords import KeptPasswords

OK = set()


def change_password(accounts: Accounts, passwords: KeptPasswords, user: User, form: Mapping[str, str]) -> bool:
    if user.name not in OK and not passwords.verify(user.password_hash, form["current"]):
        return False
    OK.add(user.name)
    accounts.set_password(user.name, form["new"])
    return True
