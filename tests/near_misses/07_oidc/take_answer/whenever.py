"""Caught by: test_its_time_comes_to_an_end. Browser, state and issuer fit; nobody looks at the clock."""

from datetime import datetime
from typing import Any

from labsrv.kit.store import Collection


def take_transaction(
    transactions: Collection, browser: str, answer: dict[str, str], now: datetime
) -> dict[str, Any] | None:
    row = transactions.find_one_and_delete({"_id": answer.get("state", "")})
    if row is None or row["browser"] != browser:
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
