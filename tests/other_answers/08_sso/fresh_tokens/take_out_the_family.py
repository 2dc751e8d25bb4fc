"""With the row of a used token go those of all tokens of its login; the end is part of the filter."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from labsrv.kit.fingerprints import fingerprint
from labsrv.kit.store import Collection


def rotate_refresh_token(
    tokens: Collection, client: dict[str, Any], token: str, now: datetime, end_grant: Callable[[str], None]
) -> dict[str, Any] | None:
    name = {"_id": fingerprint(token), "kind": {"$in": ["refresh"]}, "client_id": {"$eq": client["client_id"]}}
    row = tokens.find_one_and_update(name, {"$set": {"used": True}}, projection=["grant", "used", "until"])
    match row:
        case {"used": False, "until": until} if until > now:
            return dict(row)
        case {"used": True, "grant": grant}:
            tokens.delete_many({"grant": grant})
            end_grant(grant)
    return None


def narrowed_scope(granted: str, asked: str | None) -> str | None:
    if asked is None or asked == "":
        return granted
    return asked if all(granted.split(" ").count(each) for each in asked.split(" ")) else None
