from labsrv.kit.accounts import Accounts, Refused, User
from labsrv.kit.kept_passwords import KeptPasswords


def log_in(accounts: Accounts, passwords: KeptPasswords, name: str, password: str) -> User | Refused:
    user = accounts.get(name)

    # Hash first, decide later: skipping the hash is how strangers stood out.
    matches = passwords.verify(user.password_hash if user else passwords.decoy, password)
    if user and matches and not user.disabled:
        return user

    return Refused()
