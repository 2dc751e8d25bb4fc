"""Caught by: test_it_is_answered_once. What was answered is known, in this process, until it ends."""

from datetime import datetime
from typing import Any

from labsrv.kit.store import Collection

ANSWERED: set[str] = set()


def take_transaction(
    transactions: Collection, browser: str, answer: dict[str, str], now: datetime
) -> dict[str, Any] | None:
    row = transactions.find_one({"_id": answer.get("state", "")})
    if row is None or row["browser"] != browser or now >= row["until"] or row["_id"] in ANSWERED:
        return None

    ANSWERED.add(row["_id"])
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
