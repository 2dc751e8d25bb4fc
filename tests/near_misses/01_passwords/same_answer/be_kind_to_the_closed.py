"""Caught by: test_a_closed_account_reads_the_same. Whoever knows the password of a closed account may be told,
or so it seems.
"""

from labsrv.kit.accounts import Accounts, Refused, User
from labsrv.kit.kept_passwords import KeptPasswords


def log_in(accounts: Accounts, passwords: KeptPasswords, name: str, password: str) -> User | Refused:
    user = accounts.get(name)
    matches = passwords.verify(user.password_hash if user else passwords.decoy, password)
    if user and matches and user.disabled:
        return Refused("This account was closed.")
    if user and matches:
        return user

    return Refused()
