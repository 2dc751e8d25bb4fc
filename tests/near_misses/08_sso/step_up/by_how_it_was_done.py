"""Caught by: test_another_kind_of_login_will_not_do. Who used two factors has used the stronger kind."""

from datetime import datetime
from typing import Any


def login_wanted(claims: dict[str, Any], wanted: dict[str, Any], now: datetime) -> dict[str, str]:
    asked: dict[str, str] = {}
    since = claims.get("auth_time")
    known = isinstance(since, int | float) and not isinstance(since, bool)
    if wanted["max_age"] is not None and not (known and 0 <= now.timestamp() - since <= wanted["max_age"]):
        asked["max_age"] = str(wanted["max_age"])
    strong = "otp" in (claims.get("amr") or ())
    if wanted["acr_values"] and not strong and claims.get("acr") not in wanted["acr_values"].split(" "):
        asked["acr_values"] = wanted["acr_values"]
    return asked
