"""Caught by: test_another_password_is_refused. The row did not fit the password, so it is made anew: the second time
the wrong one fits.
"""

from labsrv.kit.accounts import Accounts, Refused, User
from labsrv.kit.kept_passwords import KeptPasswords


def log_in(accounts: Accounts, passwords: KeptPasswords, name: str, password: str) -> User | Refused:
    user = accounts.get(name)
    if user is None:
        return Refused()
    if not passwords.verify(user.password_hash, password):
        accounts.set_password(name, password)
        return Refused()
    return user
