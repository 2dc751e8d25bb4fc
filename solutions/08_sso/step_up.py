"""Ask for a fresher or a stronger login where much depends on it."""

from datetime import datetime
from typing import Any


def login_wanted(claims: dict[str, Any], wanted: dict[str, Any], now: datetime) -> dict[str, str]:
    """Return what the next login has to be like, {} where this one will do (RFC 9470, 3 and 6; ASVS 7.5.3, 6.8.4).

    `wanted` has `max_age`, in seconds, and `acr_values`, separated by spaces; None and "" stand for any.
    """
    asked: dict[str, str] = {}
    # When they logged in, and not when the token was made: with a session a new one is had for the asking.
    since = claims.get("auth_time")
    age = now.timestamp() - since if isinstance(since, int | float) else None
    if wanted["max_age"] is not None and (age is None or not 0 <= age <= wanted["max_age"]):
        asked["max_age"] = str(wanted["max_age"])
    if wanted["acr_values"] and claims.get("acr") not in wanted["acr_values"].split(" "):
        asked["acr_values"] = wanted["acr_values"]
    return asked
