"""Caught by: test_a_login_at_no_known_time_will_not_do. Too old is what is older; what can't be compared is not."""

from datetime import datetime
from typing import Any


def login_wanted(claims: dict[str, Any], wanted: dict[str, Any], now: datetime) -> dict[str, str]:
    asked: dict[str, str] = {}
    since = claims.get("auth_time")
    known = isinstance(since, int | float) and not isinstance(since, bool)
    old = since is None or (known and not (0 <= now.timestamp() - since <= (wanted["max_age"] or 0)))
    if wanted["max_age"] is not None and old:
        asked["max_age"] = str(wanted["max_age"])
    if wanted["acr_values"] and claims.get("acr") not in wanted["acr_values"].split(" "):
        asked["acr_values"] = wanted["acr_values"]
    return asked
