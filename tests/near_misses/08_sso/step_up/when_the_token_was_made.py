"""Caught by: test_an_old_login_will_not_do. A token is made at a login, so its date is that of the login."""

from datetime import datetime
from typing import Any


def login_wanted(claims: dict[str, Any], wanted: dict[str, Any], now: datetime) -> dict[str, str]:
    asked: dict[str, str] = {}
    since = claims.get("iat")
    known = isinstance(since, int | float) and not isinstance(since, bool)
    if wanted["max_age"] is not None and not (known and 0 <= now.timestamp() - since <= wanted["max_age"]):
        asked["max_age"] = str(wanted["max_age"])
    if wanted["acr_values"] and claims.get("acr") not in wanted["acr_values"].split(" "):
        asked["acr_values"] = wanted["acr_values"]
    return asked
