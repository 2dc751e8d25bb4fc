"""End the sessions of a login that has ended elsewhere.

The provider has told the shop that a login is over, in a token that the shop has read and found good. Now the sessions
that came of it must end. Alice left at the library's computer, and her phone is logged out as well, which was another
login; her laptop is not, for the first row that was found is gone and no more. And Mallory has found the token in a
proxy's log, and sends it again whenever Alice has logged in.

A `sid` is the name of one login, and a `sub` of one person, each within its issuer; a `jti` is one token's number.
(OpenID Connect Back-Channel Logout 1.0, 2.4, 2.6 and 2.7; OWASP ASVS 5.0, 7.4.1 and 10.5.5; CWE-613, CWE-294)
"""

from datetime import datetime
from typing import Any

from labsrv.kit.store import Collection


def end_sessions(sessions: Collection, used: Collection, claims: dict[str, Any], now: datetime) -> bool:
    """Return whether a logout token was taken, and what it names has ended.

    `sessions` has the rows of all who are logged in: `iss` and `sub` say who, `sid` at which login (None where the
    provider has not named it). `used` is a table of your own, empty at first: for a second row with the same `_id`,
    `insert_one` raises `pymongo.errors.DuplicateKeyError`. `claims` are those of a good token: it has `iss`, `jti`, and
    `sub`, `sid` or both. The store in five operations: docs/store.md.
    """
    # TODO: Where a `sid` is named, all sessions of this login at this issuer end; where none is, all of this `sub` at
    #       this issuer; a `sid` or `sub` that is null or an empty text names nothing. No other session ends. To know of
    #       no such login is no error, and no refusal: True, for it is over. A `jti` is taken once, whatever is in the
    #       token besides, and whether anything has ended by it or not: after that it is False, and ends nothing, also
    #       when the shop has been restarted. Of two with one `jti` at the same moment, in two processes, one is taken.
    sessions.delete_one({"sub": claims.get("sub")})
    return True
