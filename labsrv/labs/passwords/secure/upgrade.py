"""Bring what is stored up to date while the password is at hand."""

from labsrv.kit.accounts import Accounts, User
from labsrv.kit.kept_passwords import KeptPasswords


def upgrade(accounts: Accounts, passwords: KeptPasswords, user: User, password: str) -> None:
    """Store the password anew if it is kept as one would not keep it today, and nobody changed it meanwhile."""
    if passwords.needs_rehash(user.password_hash):
        accounts.rows.update_one(
            {"_id": user.name, "password_hash": user.password_hash},
            {"$set": {"password_hash": passwords.hash(password)}},
        )
