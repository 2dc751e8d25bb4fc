"""Caught by: test_it_is_a_refresh_token. Each token has its row."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from labsrv.kit.fingerprints import fingerprint
from labsrv.kit.store import Collection


def rotate_refresh_token(
    tokens: Collection, client: dict[str, Any], token: str, now: datetime, end_grant: Callable[[str], None]
) -> dict[str, Any] | None:
    row = tokens.find_one({"_id": fingerprint(token)})
    if row["client_id"] != client["client_id"] or row["kind"] != "refresh":
        return None
    row = tokens.find_one_and_update({"_id": row["_id"]}, {"$set": {"used": True}})
    if row["used"]:
        end_grant(row["grant"])
        return None
    return row if now < row["until"] else None


def narrowed_scope(granted: str, asked: str | None) -> str | None:
    if not asked:
        return granted
    return asked if set(asked.split()) <= set(granted.split()) else None
