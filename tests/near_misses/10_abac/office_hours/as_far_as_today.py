"""Caught by: test_summer_and_winter. The distance is that of today, whichever day is asked about."""

from datetime import datetime, time
from typing import Any
from zoneinfo import ZoneInfo


def during_hours(now: datetime, document: dict[str, Any]) -> bool:
    try:
        zone = ZoneInfo(document["zone"])
    except (LookupError, OSError, TypeError, ValueError):
        return False

    there = now + datetime.now(zone).utcoffset()
    return time(8) <= there.time() < time(18)
