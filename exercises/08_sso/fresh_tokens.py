"""Let a refresh token be used once, and notice when it comes twice.

The shop has a refresh token of Alice's: with it she stays logged in for thirty days, and need not be there. Mallory
finds one in a backup that the shop has used since. It still works; from then on both have fresh tokens, and nobody
notices. And her own tea club, which Alice lets read her orders, asks for `cancel` at a refresh, and gets it.

Who comes with a token that was used before may be the thief, or the one who was robbed; nobody can tell which.
(RFC 9700, 4.14.2; RFC 6749, 6 and 10.4; OWASP ASVS 5.0, 10.4.5, 10.4.8 and 10.4.11; CWE-294, CWE-613, CWE-269)
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from labsrv.kit.fingerprints import fingerprint
from labsrv.kit.store import Collection


def rotate_refresh_token(
    tokens: Collection, client: dict[str, Any], token: str, now: datetime, end_grant: Callable[[str], None]
) -> dict[str, Any] | None:
    """Return the row of a refresh token that is used up by this, or None: then the client gets no tokens.

    A row of `tokens` has the fingerprint of its token for its `_id`; its `kind`, "refresh" or "access"; the `client_id`
    of the client that it was given to; its `grant`, the login that it came of; its `until`; and `used`, False at first.
    What a login has given ends with `end_grant(row["grant"])`. `client` has shown that it is `client["client_id"]`.
    The next refresh token of the login is written down by the provider, with the login's own `until`.
    The store in five operations: docs/store.md.
    """
    # TODO: A refresh token whose `until` has not come (that very moment is yours) is used up, by the client that it was
    #       given to. No two callers get its row, ever, also at the same moment, in two processes. Where that client
    #       brings a used one, all that came of the login ends; whether it does so as well where two come at the same
    #       moment, or too late, is left to you. Another client's token, and what is no refresh token, is left alone:
    #       None, and nothing changes. No use moves an `until`.
    row = tokens.find_one({"_id": fingerprint(token)})
    return dict(row) if row else None


def narrowed_scope(granted: str, asked: str | None) -> str | None:
    """Return the scope of a new token, or None where more is asked for than was granted.

    Both are words with a blank between each two. The client need not ask: None. (An empty text never comes.)
    """
    # TODO: Who does not ask gets all that was granted; who asks for some of its words gets those, in any order. Who
    #       asks for any other word gets None, and not a part of it. A part of a word is another word.
    return asked or granted
