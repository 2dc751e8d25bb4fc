"""The hours that begin while it is open are eight to seventeen; a zone is one of those in the list."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

OPEN = range(8, 18)
KNOWN = available_timezones()


def during_hours(now: datetime, document: dict[str, Any]) -> bool:
    name = document.get("zone")
    if name in KNOWN:
        return now.astimezone(ZoneInfo(name)).hour in OPEN

    return False
