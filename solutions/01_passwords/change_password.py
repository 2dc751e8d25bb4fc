from collections.abc import Mapping

from labsrv.kit.accounts import Accounts, User
from labsrv.kit.kept_passwords import KeptPasswords


def change_password(accounts: Accounts, passwords: KeptPasswords, user: User, form: Mapping[str, str]) -> bool:
    # The session says who it is, and the current password that it is really them: the form's name says nothing.
    if not passwords.verify(user.password_hash, form["current"]):
        return False

    accounts.set_password(user.name, form["new"])
    return True
