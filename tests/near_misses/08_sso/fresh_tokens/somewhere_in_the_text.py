"""Caught by: test_a_scope_never_grows. Each word is in what was granted."""

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
        end_grant(row["grant"])
        return None
    return row if now < row["until"] else None


def narrowed_scope(granted: str, asked: str | None) -> str | None:
    if not asked:
        return granted
    return asked if all(each in granted for each in asked.split()) else None
