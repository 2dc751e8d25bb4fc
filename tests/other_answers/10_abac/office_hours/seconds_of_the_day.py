"""Seconds since midnight on the wall, as a number."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo


def during_hours(now: datetime, document: dict[str, Any]) -> bool:
    zone = document.get("zone")
    if not isinstance(zone, str) or not zone.strip():
        return False
    try:
        there = now.astimezone(ZoneInfo(zone)).timetuple()
    except (KeyError, ValueError):
        return False
    seconds = there.tm_hour * 3600 + there.tm_min * 60 + there.tm_sec
    return 8 * 3600 <= seconds < 18 * 3600
