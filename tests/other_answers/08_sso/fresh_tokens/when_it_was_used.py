"""Looked at first, and marked with the moment by one of those who looked; late ones end nothing."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from labsrv.kit.fingerprints import fingerprint
from labsrv.kit.store import Collection


def is_mine(row: dict[str, Any] | None, client: dict[str, Any]) -> bool:
    return row is not None and row["kind"] == "refresh" and row["client_id"] == client["client_id"]


def rotate_refresh_token(
    tokens: Collection, client: dict[str, Any], token: str, now: datetime, end_grant: Callable[[str], None]
) -> dict[str, Any] | None:
    row = tokens.find_one({"_id": fingerprint(token)})
    if row is None or not is_mine(row, client):
        return None
    if row["used"]:
        return end_grant(row["grant"])
    if now >= row["until"]:
        return None
    return tokens.find_one_and_update({"_id": row["_id"], "used": False}, {"$set": {"used": now}})


def narrowed_scope(granted: str, asked: str | None) -> str | None:
    wanted, given = set((asked or granted).split()), set(granted.split())
    if wanted - given:
        return None
    return " ".join(sorted(wanted))
