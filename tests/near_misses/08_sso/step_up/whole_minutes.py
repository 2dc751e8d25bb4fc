"""Caught by: test_an_old_login_will_not_do. Minutes are what people mean."""

from datetime import datetime
from typing import Any


def login_wanted(claims: dict[str, Any], wanted: dict[str, Any], now: datetime) -> dict[str, str]:
    asked: dict[str, str] = {}
    since = claims.get("auth_time")
    known = isinstance(since, int | float) and not isinstance(since, bool)
    if wanted["max_age"] is not None and not (known and 0 <= (now.timestamp() - since) // 60 * 60 <= wanted["max_age"]):
        asked["max_age"] = str(wanted["max_age"])
    if wanted["acr_values"] and claims.get("acr") not in wanted["acr_values"].split(" "):
        asked["acr_values"] = wanted["acr_values"]
    return asked
