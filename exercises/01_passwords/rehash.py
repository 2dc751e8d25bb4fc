"""Bring old hashes up to date when their owner comes by.

The shop kept passwords as they were typed once, then as MD5, then with a salt, then as argon2id at a cost that was high
ten years ago. Nobody can make a better hash out of an old one: for that the password is needed, and it is here for a
moment, whenever somebody logs in. While one login is under way, another may change the password.

Use that moment, and do not undo what was done in it.  (OWASP ASVS 5.0, 11.4.2; CWE-916, CWE-367)
"""

from labsrv.kit.accounts import Accounts, User
from labsrv.kit.kept_passwords import KeptPasswords


def upgrade(accounts: Accounts, passwords: KeptPasswords, user: User, password: str) -> None:
    """Do what is to be done after a login: this password was the right one for `user`, as their row was then.

    A row of `accounts.rows`, a table of the store, has the fields `_id`, the user's name, and `password_hash`. `user`
    is a copy of it. labsrv/kit/kept_passwords.py says what `passwords` can do.
    The store in five operations: docs/store.md.
    """
    # TODO: After a login the row is as one would make it today. One that is stays, and nothing is hashed for it; and so
    # does one that was changed since.
