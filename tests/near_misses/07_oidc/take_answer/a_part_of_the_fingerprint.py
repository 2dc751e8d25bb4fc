"""Caught by: test_it_belongs_to_the_browser_that_began. Any part of it does, and nothing is a part."""

from datetime import datetime
from typing import Any

from labsrv.kit.store import Collection


def take_transaction(
    transactions: Collection, browser: str, answer: dict[str, str], now: datetime
) -> dict[str, Any] | None:
    row = transactions.find_one_and_delete({"_id": answer.get("state", "")})
    if row is None or row["browser"] not in browser or now >= row["until"]:
        return None

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
