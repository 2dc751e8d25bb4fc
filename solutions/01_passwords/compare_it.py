from labsrv.kit.accounts import Accounts, Refused, User
from labsrv.kit.kept_passwords import KeptPasswords


def log_in(accounts: Accounts, passwords: KeptPasswords, name: str, password: str) -> User | Refused:
    user = accounts.get(name)
    if user is None:
        return Refused()

    # Finding the user is no proof of anything: what was typed must match what is kept of this user's password.
    if passwords.verify(user.password_hash, password):
        return user

    return Refused()
