"""Take a refresh token once, and notice when it comes twice."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from labsrv.kit.fingerprints import fingerprint
from labsrv.kit.store import Collection


def rotate_refresh_token(
    tokens: Collection, client: dict[str, Any], token: str, now: datetime, end_grant: Callable[[str], None]
) -> dict[str, Any] | None:
    """Return the row of a refresh token that is used up by this, or None (RFC 9700, 4.14.2; ASVS 10.4.5, 10.4.8).

    `until` was written when the user logged in and is handed down unchanged: no use makes a login last longer.
    """
    # Another client's token is none of its business, so it does not use it up either (RFC 6749, 6).
    mine = {"_id": fingerprint(token), "kind": "refresh", "client_id": client["client_id"]}
    row = tokens.find_one_and_update(mine, {"$set": {"used": True}})
    if row is None:
        return None
    if not row["used"] and now < row["until"]:
        return dict(row)

    # Used twice: one of the two is a thief, and nobody can tell which. Or its time is over.
    end_grant(row["grant"])
    return None


def narrowed_scope(granted: str, asked: str | None) -> str | None:
    """Return the scope of a new token, or None where more is asked for than there is (RFC 6749, 6; ASVS 10.4.11).

    Scopes are words: part of one is not one. Nothing asked for means all that was granted.
    """
    if not asked:
        return granted
    if set(asked.split(" ")) <= set(granted.split(" ")):
        return asked

    return None
