"""Caught by: test_also_at_the_same_moment. It marks what was taken, and looks at the mark first."""

from datetime import datetime
from typing import Any

from labsrv.kit.store import Collection


def take_transaction(
    transactions: Collection, browser: str, answer: dict[str, str], now: datetime
) -> dict[str, Any] | None:
    row = transactions.find_one({"_id": answer.get("state", ""), "taken": {"$ne": True}})
    if row is None or row["browser"] != browser or now >= row["until"]:
        return None
    transactions.update_one({"_id": row["_id"]}, {"$set": {"taken": True}})

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
