"""Caught by: test_also_at_the_same_moment. A lock, in each process one of its own."""

import threading
from datetime import datetime
from typing import Any

from labsrv.kit.store import Collection

LOCK = threading.Lock()


def take_transaction(
    transactions: Collection, browser: str, answer: dict[str, str], now: datetime
) -> dict[str, Any] | None:
    with LOCK:
        row = transactions.find_one({"_id": answer.get("state", "")})
        if row is None or row["browser"] != browser or now >= row["until"]:
            return None
        transactions.delete_one({"_id": row["_id"]})

    return dict(row) if answer.get("iss") == row["iss"] else None


def browser_cookie(value: str) -> dict[str, Any]:
    return {
        "key": "__Host-browser",
        "value": value,
        "path": "/",
        "secure": True,
        "httponly": True,
        "samesite": "Lax",
    }
