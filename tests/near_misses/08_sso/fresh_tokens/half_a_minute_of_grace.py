"""Caught by: test_it_is_used_once. An answer may be lost on the way: for half a minute the old token works."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from labsrv.kit.fingerprints import fingerprint
from labsrv.kit.store import Collection


def rotate_refresh_token(
    tokens: Collection, client: dict[str, Any], token: str, now: datetime, end_grant: Callable[[str], None]
) -> dict[str, Any] | None:
    mine = {"_id": fingerprint(token), "kind": "refresh", "client_id": client["client_id"]}
    row = tokens.find_one(mine)
    if row is None or now >= row["until"]:
        return None
    if not row["used"]:
        row = tokens.find_one_and_update(mine | {"used": False}, {"$set": {"used": True, "used_at": now}})
        return row
    if now - row["used_at"] < timedelta(seconds=30):
        return row
    end_grant(row["grant"])
    return None


def narrowed_scope(granted: str, asked: str | None) -> str | None:
    if not asked:
        return granted
    return asked if set(asked.split()) <= set(granted.split()) else None
