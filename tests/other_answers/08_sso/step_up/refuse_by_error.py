"""Time as timedelta, whatever goes wrong with it is no time; a table of what is wanted and whether it is there."""

from datetime import UTC, datetime, timedelta
from typing import Any

FOREVER = timedelta.max


def age_of(claims: dict[str, Any], now: datetime) -> timedelta:
    since = claims.get("auth_time")
    if isinstance(since, bool) or not isinstance(since, int | float):
        return FOREVER
    try:
        age = now - datetime.fromtimestamp(since, tz=UTC)
    except (ValueError, OverflowError, OSError):
        return FOREVER
    return age if age >= timedelta(0) else FOREVER


def login_wanted(claims: dict[str, Any], wanted: dict[str, Any], now: datetime) -> dict[str, str]:
    limit = FOREVER if wanted["max_age"] is None else timedelta(seconds=wanted["max_age"])
    kinds = wanted["acr_values"].split()
    lacking = {
        "max_age": age_of(claims, now) > limit,
        "acr_values": bool(kinds) and claims.get("acr") not in kinds,
    }
    return {name: str(wanted[name]) for name, lacks in lacking.items() if lacks}
