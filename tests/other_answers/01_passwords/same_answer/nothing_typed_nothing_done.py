"""Turns everybody away who left a field empty, before anything is hashed, and closed accounts are strangers."""

from labsrv.kit.accounts import Accounts, Refused, User
from labsrv.kit.kept_passwords import KeptPasswords


def log_in(accounts: Accounts, passwords: KeptPasswords, name: str, password: str) -> User | Refused:
    if not password or not name:
        return Refused()
    user = accounts.get(name)
    kept = user.password_hash if user and not user.disabled else passwords.decoy
    return user if passwords.verify(kept, password) and user and not user.disabled else Refused()
