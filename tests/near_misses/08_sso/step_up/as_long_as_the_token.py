"""Caught by: test_an_old_login_will_not_do. A token lives for as long as a login is good for anything."""

from datetime import datetime
from typing import Any


def login_wanted(claims: dict[str, Any], wanted: dict[str, Any], now: datetime) -> dict[str, str]:
    asked: dict[str, str] = {}
    since = claims.get("auth_time")
    known = isinstance(since, int | float) and not isinstance(since, bool)
    if wanted["max_age"] is not None and not (known and now.timestamp() < claims.get("exp", 0)):
        asked["max_age"] = str(wanted["max_age"])
    if wanted["acr_values"] and claims.get("acr") not in wanted["acr_values"].split(" "):
        asked["acr_values"] = wanted["acr_values"]
    return asked
