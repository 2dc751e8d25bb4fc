"""Caught by: test_a_password_changed_meanwhile_stays_changed. It writes all that it knew of the user: an account
that was closed meanwhile is open again.
"""

from labsrv.kit.accounts import Accounts, User
from labsrv.kit.kept_passwords import KeptPasswords


def upgrade(accounts: Accounts, passwords: KeptPasswords, user: User, password: str) -> None:
    if not passwords.needs_rehash(user.password_hash):
        return
    accounts.rows.replace_one(
        {"_id": user.name, "password_hash": user.password_hash},
        {"_id": user.name, "role": user.role, "disabled": user.disabled, "password_hash": passwords.hash(password)},
    )
