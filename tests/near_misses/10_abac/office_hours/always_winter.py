"""Caught by: test_summer_and_winter. How far a zone is from here is looked up for January."""

from datetime import datetime, time
from typing import Any
from zoneinfo import ZoneInfo


def during_hours(now: datetime, document: dict[str, Any]) -> bool:
    try:
        zone = ZoneInfo(document["zone"])
    except (LookupError, OSError, TypeError, ValueError):
        return False

    there = now + now.replace(month=1, day=15).astimezone(zone).utcoffset()
    return time(8) <= there.time() < time(18)
