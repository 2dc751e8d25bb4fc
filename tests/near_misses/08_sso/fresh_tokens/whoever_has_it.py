"""Caught by: test_another_clients_is_left_alone. The caller has shown who it is, and brings a token."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from labsrv.kit.fingerprints import fingerprint
from labsrv.kit.store import Collection


def rotate_refresh_token(
    tokens: Collection, client: dict[str, Any], token: str, now: datetime, end_grant: Callable[[str], None]
) -> dict[str, Any] | None:
    mine = {"_id": fingerprint(token), "kind": "refresh"}
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
    return asked if set(asked.split()) <= set(granted.split()) else None
