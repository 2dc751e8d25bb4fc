"""Caught by: test_an_unknown_zone_is_closed. A zone that is unknown is closed, and one that is missing is UTC."""

from datetime import datetime, time
from typing import Any
from zoneinfo import ZoneInfo


def during_hours(now: datetime, document: dict[str, Any]) -> bool:
    try:
        zone = ZoneInfo(document.get("zone", "UTC"))
    except (LookupError, OSError, TypeError, ValueError):
        return False
    return time(8) <= now.astimezone(zone).time() < time(18)
