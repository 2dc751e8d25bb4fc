"""Whoever's change changes something has used the token; the rest find out why it did not."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from labsrv.kit.fingerprints import fingerprint
from labsrv.kit.store import Collection


def rotate_refresh_token(
    tokens: Collection, client: dict[str, Any], token: str, now: datetime, end_grant: Callable[[str], None]
) -> dict[str, Any] | None:
    name = fingerprint(token)
    mine = {"_id": name, "client_id": client["client_id"], "kind": "refresh"}
    done = tokens.update_one({**mine, "used": False, "until": {"$gt": now}}, {"$set": {"used": True}})
    row = tokens.find_one(mine)
    if done.modified_count == 1:
        return row
    if row is not None and row["used"]:
        end_grant(row["grant"])
    return None


def narrowed_scope(granted: str, asked: str | None) -> str | None:
    words = granted.split(" ")
    wanted = asked.split(" ") if asked else words
    for each in wanted:
        if each not in words:
            return None
    return " ".join(wanted)
