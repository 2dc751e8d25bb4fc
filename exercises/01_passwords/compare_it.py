"""Compare the password.

The tutorial's login looks up the name that was typed, finds the user, and lets them in. The password was read from the
form, and nobody ever looks at it: Mallory types `alice` and anything at all. The mistake is easy to overlook, since the
right password works.

Let in whoever knows the password, and nobody else. What `passwords` can do stands in labsrv/kit/kept_passwords.py.
(OWASP ASVS 5.0, 6.2.8; CWE-304)
"""

from labsrv.kit.accounts import Accounts, Refused, User
from labsrv.kit.kept_passwords import KeptPasswords


def log_in(accounts: Accounts, passwords: KeptPasswords, name: str, password: str) -> User | Refused:
    """Return the user who logs in, or a refusal.

    `accounts.get` returns a `User`, whose `password_hash` is what the table keeps of the password.
    """
    user = accounts.get(name)
    if user is None:
        return Refused()

    # TODO: Whoever does not know this user's password is refused.
    return user
