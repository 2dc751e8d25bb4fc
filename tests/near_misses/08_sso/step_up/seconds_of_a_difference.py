"""Caught by: test_an_old_login_will_not_do. A difference of two moments has its seconds."""

from datetime import datetime, timedelta
from typing import Any


def login_wanted(claims: dict[str, Any], wanted: dict[str, Any], now: datetime) -> dict[str, str]:
    asked: dict[str, str] = {}
    since = claims.get("auth_time")
    known = isinstance(since, int | float) and not isinstance(since, bool)
    past = known and now.timestamp() >= since
    old = not past or timedelta(seconds=int(now.timestamp() - since)).seconds > (wanted["max_age"] or 0)
    if wanted["max_age"] is not None and old:
        asked["max_age"] = str(wanted["max_age"])
    if wanted["acr_values"] and claims.get("acr") not in wanted["acr_values"].split(" "):
        asked["acr_values"] = wanted["acr_values"]
    return asked
