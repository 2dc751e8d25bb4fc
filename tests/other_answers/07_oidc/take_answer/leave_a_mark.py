"""Rows stay in the table and get a mark, in the operation that reads whether they had one."""

from datetime import datetime
from typing import Any

from labsrv.kit.store import Collection


def take_transaction(
    transactions: Collection, browser: str, answer: dict[str, str], now: datetime
) -> dict[str, Any] | None:
    row = transactions.find_one_and_update(
        {"_id": answer.get("state"), "answered": {"$exists": False}}, {"$set": {"answered": now}}
    )
    match row:
        case {"browser": known, "until": until, "iss": iss} if known == browser and until > now:
            return row if iss == answer.get("iss") else None
    return None


def browser_cookie(value: str) -> dict[str, Any]:
    attributes = {"path": "/", "secure": True, "httponly": True, "samesite": "Lax", "max_age": 86_400}
    return {"key": "__Host-Browser", "value": value} | attributes
