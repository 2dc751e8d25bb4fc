"""Caught by: test_strangers_read_the_same_words. Who works for the shop reads whom to ask, and so does whoever types
their name.
"""

from labsrv.kit.accounts import Accounts, Refused, User
from labsrv.kit.kept_passwords import KeptPasswords


def log_in(accounts: Accounts, passwords: KeptPasswords, name: str, password: str) -> User | Refused:
    user = accounts.get(name)
    ok = passwords.verify(user.password_hash if user else passwords.decoy, password)
    if ok and user and not user.disabled:
        return user
    return Refused("Please ask HR.") if user and user.role == "hr" else Refused()
