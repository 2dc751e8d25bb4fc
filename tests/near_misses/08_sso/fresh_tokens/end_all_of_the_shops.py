"""Caught by: test_twice_is_the_end_of_all_of_it. Where one token was stolen, others were as well."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from labsrv.kit.fingerprints import fingerprint
from labsrv.kit.store import Collection


def rotate_refresh_token(
    tokens: Collection, client: dict[str, Any], token: str, now: datetime, end_grant: Callable[[str], None]
) -> dict[str, Any] | None:
    mine = {"_id": fingerprint(token), "kind": "refresh", "client_id": client["client_id"]}
    row = tokens.find_one_and_update(mine, {"$set": {"used": True}})
    if row is None:
        return None
    if row["used"]:
        for each in tokens.find({"client_id": client["client_id"]}):
            end_grant(each["grant"])
        return None
    return row if now < row["until"] else None


def narrowed_scope(granted: str, asked: str | None) -> str | None:
    if not asked:
        return granted
    return asked if set(asked.split()) <= set(granted.split()) else None
