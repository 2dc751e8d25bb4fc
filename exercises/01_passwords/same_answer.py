"""Give strangers the same answer.

`log_in` lets the right people in and keeps everyone else out. It also answers a question that nobody should be able to
ask: does this person have an account here? A stranger reads other words, and reads them sooner, because no password was
hashed for them. In the notebook you told customers from strangers in both ways. For somebody whose account was closed
it is the same.

Make all refusals one, in wording and in work.  (OWASP ASVS 5.0, 6.3.8; CWE-204, CWE-208)
"""

from labsrv.kit.accounts import Accounts, Refused, User
from labsrv.kit.kept_passwords import KeptPasswords


def log_in(accounts: Accounts, passwords: KeptPasswords, name: str, password: str) -> User | Refused:
    """Return the user who logs in, or a refusal with what the visitor reads.

    labsrv/kit/kept_passwords.py says what `passwords` has; `Refused()` has words of its own.
    """
    user = accounts.get(name)

    # TODO: Say the same words and do the same work whether or not `user` exists, and whether or not they may come in.
    # The work is what the shop's hasher, behind `passwords`, hashes, and at which cost.
    if user is None:
        return Refused("There is no account by that name.")
    if user.disabled:
        return Refused("This account was closed.")

    if not passwords.verify(user.password_hash, password):
        return Refused("That password is wrong.")

    return user
