"""Caught by: test_the_edges_of_the_day. The hour that begins at six is counted in."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo


def during_hours(now: datetime, document: dict[str, Any]) -> bool:
    try:
        zone = ZoneInfo(document["zone"])
    except (LookupError, OSError, TypeError, ValueError):
        return False

    return 8 <= now.astimezone(zone).hour <= 18
