"""Change a password for whoever knows the one of today."""

from collections.abc import Mapping

from labsrv.kit.accounts import Accounts, User
from labsrv.kit.kept_passwords import KeptPasswords


def change_password(accounts: Accounts, passwords: KeptPasswords, user: User, form: Mapping[str, str]) -> bool:
    """Change the password of the user who is logged in, if they know the current one (ASVS 6.2.3)."""
    if not passwords.verify(user.password_hash, form["current"]):
        return False

    accounts.set_password(user.name, form["new"])
    return True
