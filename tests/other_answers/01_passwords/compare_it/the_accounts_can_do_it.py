"""Leaves the work to `Accounts.authenticate`, which also hashes for strangers and refuses closed accounts."""

from labsrv.kit.accounts import Accounts, Refused, User
from labsrv.kit.kept_passwords import KeptPasswords


def log_in(accounts: Accounts, passwords: KeptPasswords, name: str, password: str) -> User | Refused:
    return accounts.authenticate(name, password) or Refused()
