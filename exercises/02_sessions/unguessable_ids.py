"""Draw ids that tell nothing, and keep none of them.

The shop makes its session ids out of what is at hand: the user's name and a number, in base64 so that they look like
ids. Mallory reads her own, changes the name, and tries a few numbers. And when a backup of the database is lost, it
does not even take that: the table of sessions holds the very ids that the browsers hold.

An id must be worth nothing to anybody who does not have it, and the table worth nothing to anybody who reads it.
(OWASP ASVS 5.0, 7.2.3; CWE-340, CWE-312)
"""

import base64
import itertools

NUMBERS = itertools.count(1001)


def new_id(user: str | None) -> str:
    """Return the id of a new session; `user` is None for a visitor who has not logged in."""
    # TODO: Nobody can guess it, or learn anything from it: at least 128 bits are random, and come from a generator
    #       that is meant for secrets (`secrets.token_urlsafe`). In a cookie letters, digits, - and _ are safe.
    return base64.urlsafe_b64encode(f"{user}:{next(NUMBERS)}".encode()).decode().rstrip("=")


def fingerprint(session_id: str) -> str:
    """Return the name of the session's row in the store."""
    # TODO: It finds the row of an id, after a restart too, and does not tell the id: who knows the table and this
    #       program works none out, and no other id has the same row. Python's hashes are in `hashlib`.
    return session_id
