"""Hashes the password of a stranger, where the one of a customer is compared: as much work."""

from labsrv.kit.accounts import Accounts, Refused, User
from labsrv.kit.kept_passwords import KeptPasswords


def log_in(accounts: Accounts, passwords: KeptPasswords, name: str, password: str) -> User | Refused:
    user = accounts.get(name)
    if user is None:
        passwords.hash(password)
        return Refused()
    if passwords.verify(user.password_hash, password) and not user.disabled:
        return user
    return Refused()
