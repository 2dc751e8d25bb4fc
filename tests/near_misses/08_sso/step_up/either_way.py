"""Caught by: test_a_login_of_the_future_will_not_do. The difference counts, whichever of the two clocks is ahead."""

from datetime import datetime
from typing import Any


def login_wanted(claims: dict[str, Any], wanted: dict[str, Any], now: datetime) -> dict[str, str]:
    asked: dict[str, str] = {}
    since = claims.get("auth_time")
    known = isinstance(since, int | float) and not isinstance(since, bool)
    if wanted["max_age"] is not None and not (known and abs(now.timestamp() - since) <= wanted["max_age"]):
        asked["max_age"] = str(wanted["max_age"])
    if wanted["acr_values"] and claims.get("acr") not in wanted["acr_values"].split(" "):
        asked["acr_values"] = wanted["acr_values"]
    return asked
