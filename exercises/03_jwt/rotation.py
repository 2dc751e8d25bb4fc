"""Take each refresh token once.

With a refresh token the app gets a new access token, again and again, for a month. So does Mallory, who copied it, and
nobody notices: two people with one token look like one. If each token works once and brings the next, then the second
of the two comes with a token that was used. Nobody can tell which of them is the thief; that there is one, is certain.

A token works once. Used twice, it ends the login for both, and after thirty days every login ends.  (RFC 9700, 4.14.2;
OWASP ASVS 5.0, 10.4.5 and 10.4.8; CWE-367, CWE-613)
"""

from labsrv.kit.grants import Grant, Grants


def rotate(grants: Grants, token: str) -> Grant | None:
    """Return what an app gets for this refresh token: the next one of its family, or None for a refusal.

    A row of `grants.rows` has `_id`, which is `grants.key(token)`, `family` and `used`. `grants.family(name)` has
    `_id`, `user` and `began_at`, or is None once `grants.end(name)` has ended it. Both are copies of what is in the
    store. `grants.issue(family, user)` makes the next token, `grants.now()` is the time (labsrv/kit/grants.py).
    The store in five operations: docs/store.md.
    """
    # TODO: A token works once, also when it comes twice in the same moment. One that comes again ends its family. A
    # family ends thirty days after its login, however busy it was.
    row = grants.rows.find_one({"_id": grants.key(token)})
    family = row and grants.family(row["family"])
    return Grant(token, family["_id"], family["user"]) if family else None
