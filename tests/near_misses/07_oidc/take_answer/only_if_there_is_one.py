"""Caught by: test_it_belongs_to_one_login. It looks at the state if there is one; Mallory leaves it out."""

from datetime import datetime
from typing import Any

from labsrv.kit.store import Collection


def take_transaction(
    transactions: Collection, browser: str, answer: dict[str, str], now: datetime
) -> dict[str, Any] | None:
    wanted = {"browser": browser}
    if answer.get("state"):
        wanted["_id"] = answer["state"]
    row = transactions.find_one_and_delete(wanted)
    if row is None or now >= row["until"]:
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
