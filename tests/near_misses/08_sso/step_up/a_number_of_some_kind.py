"""Caught by: test_a_login_at_no_known_time_will_not_do. A provider may write its numbers as text."""

from datetime import datetime
from typing import Any


def login_wanted(claims: dict[str, Any], wanted: dict[str, Any], now: datetime) -> dict[str, str]:
    asked: dict[str, str] = {}
    try:
        since, known = float(claims["auth_time"]), True
    except (KeyError, TypeError, ValueError):
        since, known = 0.0, False
    if wanted["max_age"] is not None and not (known and 0 <= now.timestamp() - since <= wanted["max_age"]):
        asked["max_age"] = str(wanted["max_age"])
    if wanted["acr_values"] and claims.get("acr") not in wanted["acr_values"].split(" "):
        asked["acr_values"] = wanted["acr_values"]
    return asked
