"""Has a closed account stand in for a stranger, and decides last."""

from labsrv.kit.accounts import Accounts, Refused, User
from labsrv.kit.kept_passwords import KeptPasswords


def log_in(accounts: Accounts, passwords: KeptPasswords, name: str, password: str) -> User | Refused:
    user = accounts.get(name) or User("", disabled=True, password_hash=passwords.decoy)
    right = passwords.verify(user.password_hash, password)
    return user if right and not user.disabled else Refused()
