"""It looks, compares, and takes at the end: whoever removed the row has it. A provider's name may come unpromised."""

import hmac
from datetime import datetime, timedelta
from typing import Any

from labsrv.kit.store import Collection


def take_transaction(
    transactions: Collection, browser: str, answer: dict[str, str], now: datetime
) -> dict[str, Any] | None:
    found = transactions.find({"_id": answer.get("state")}, limit=2)
    for row in found:
        in_time = row["until"] - now > timedelta(0)
        here = hmac.compare_digest(row["browser"].encode(), browser.encode())
        from_whom = row["iss"] in (None, answer.get("iss"))
        if in_time and here and from_whom and transactions.delete_one({"_id": row["_id"]}).deleted_count:
            return {**row}
    return None


def browser_cookie(value: str) -> dict[str, Any]:
    return {
        "key": "__Host-login",
        "value": value,
        "max_age": timedelta(minutes=30),
        "secure": True,
        "httponly": True,
        "samesite": "Lax",
    }
