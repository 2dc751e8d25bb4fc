"""Caught by: test_summer_and_winter. Hours are counted from midnight, and there are not always eight until eight."""

from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo


def during_hours(now: datetime, document: dict[str, Any]) -> bool:
    try:
        zone = ZoneInfo(document["zone"])
    except (LookupError, OSError, TypeError, ValueError):
        return False

    there = now.astimezone(zone)
    midnight = datetime.combine(there.date(), time(0), zone)
    return timedelta(hours=8) <= now - midnight.astimezone(now.tzinfo) < timedelta(hours=18)
