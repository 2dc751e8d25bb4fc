"""Caught by: test_the_edges_of_the_day. Both bounds belong to it, and six is one."""

from datetime import datetime, time
from typing import Any
from zoneinfo import ZoneInfo


def during_hours(now: datetime, document: dict[str, Any]) -> bool:
    try:
        zone = ZoneInfo(document["zone"])
    except (LookupError, OSError, TypeError, ValueError):
        return False

    return time(8) <= now.astimezone(zone).time() <= time(18)
