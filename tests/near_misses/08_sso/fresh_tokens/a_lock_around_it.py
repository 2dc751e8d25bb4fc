"""Caught by: test_also_at_the_same_moment. One at a time."""

import threading
from collections.abc import Callable
from datetime import datetime
from typing import Any

from labsrv.kit.fingerprints import fingerprint
from labsrv.kit.store import Collection

ONE_AT_A_TIME = threading.Lock()


def rotate_refresh_token(
    tokens: Collection, client: dict[str, Any], token: str, now: datetime, end_grant: Callable[[str], None]
) -> dict[str, Any] | None:
    with ONE_AT_A_TIME:
        row = tokens.find_one({"_id": fingerprint(token), "kind": "refresh", "client_id": client["client_id"]})
        if row is None or now >= row["until"]:
            return None
        if row["used"]:
            end_grant(row["grant"])
            return None
        tokens.update_one({"_id": row["_id"]}, {"$set": {"used": True}})
        return row


def narrowed_scope(granted: str, asked: str | None) -> str | None:
    if not asked:
        return granted
    return asked if set(asked.split()) <= set(granted.split()) else None
