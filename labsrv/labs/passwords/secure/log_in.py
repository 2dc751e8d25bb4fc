"""Let the right people in, and tell everybody else the same."""

from labsrv.kit.accounts import Accounts, Refused, User
from labsrv.kit.kept_passwords import KeptPasswords


def log_in(accounts: Accounts, passwords: KeptPasswords, name: str, password: str) -> User | Refused:
    """Compare the password; strangers read the same words and cost the same work (ASVS 6.2.8, 6.3.8)."""
    user = accounts.get(name)

    # Hash first and decide later: for a stranger, against a hash that no password matches.
    matches = passwords.verify(user.password_hash if user else passwords.decoy, password)
    if user and matches and not user.disabled:
        return user

    return Refused()
