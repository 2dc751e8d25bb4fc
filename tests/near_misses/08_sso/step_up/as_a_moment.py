"""Caught by: test_a_login_of_the_future_will_not_do. Moments are compared as moments, which have a time zone."""

from datetime import UTC, datetime, timedelta
from typing import Any


def login_wanted(claims: dict[str, Any], wanted: dict[str, Any], now: datetime) -> dict[str, str]:
    asked: dict[str, str] = {}
    since = claims.get("auth_time")
    known = isinstance(since, int | float) and not isinstance(since, bool)
    limit = timedelta(seconds=wanted["max_age"] or 0)
    number = known and since == since and abs(since) != float("inf")
    moment = datetime.fromtimestamp(since, UTC) if number else None
    if wanted["max_age"] is not None and not (moment and timedelta() <= now - moment <= limit):
        asked["max_age"] = str(wanted["max_age"])
    if wanted["acr_values"] and claims.get("acr") not in wanted["acr_values"].split(" "):
        asked["acr_values"] = wanted["acr_values"]
    return asked
