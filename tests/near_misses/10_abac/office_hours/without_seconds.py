"""Caught by: test_the_edges_of_the_day. A clock without a second hand shows 18:00 for a minute."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo


def during_hours(now: datetime, document: dict[str, Any]) -> bool:
    try:
        zone = ZoneInfo(document["zone"])
    except (LookupError, OSError, TypeError, ValueError):
        return False

    return "08:00" <= now.astimezone(zone).strftime("%H:%M") <= "18:00"
