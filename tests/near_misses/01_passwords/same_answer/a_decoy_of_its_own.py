"""Caught by: test_strangers_cost_the_same_work. The decoy is argon2id, at another cost than the customers' rows
have.
"""

from labsrv.kit.accounts import Accounts, Refused, User
from labsrv.kit.kept_passwords import KeptPasswords


def log_in(accounts: Accounts, passwords: KeptPasswords, name: str, password: str) -> User | Refused:
    user = accounts.get(name)
    kept = (
        user.password_hash
        if user
        else "$argon2id$v=19$m=16,t=1,p=1$irE2xtibc66VMuY8J0RIiQ$M368B1eGdHoYgFkWRbuTIXMgaPC9ZUuUmSMWRSS15Us"
    )
    if passwords.verify(kept, password) and user and not user.disabled:
        return user
    return Refused()
