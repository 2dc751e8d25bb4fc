"""Refuses in several places, in words of its own, and never compares an empty password."""

from labsrv.kit.accounts import Accounts, Refused, User
from labsrv.kit.kept_passwords import KeptPasswords


def log_in(accounts: Accounts, passwords: KeptPasswords, name: str, password: str) -> User | Refused:
    user = accounts.get(name)
    if user is None or not password:
        return Refused()
    try:
        right = passwords.verify(user.password_hash, password)
    except ValueError:
        right = False
    return user if right is True else Refused("The name or the password is wrong.")
