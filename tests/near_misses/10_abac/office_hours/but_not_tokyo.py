"""Caught by: test_an_office_that_has_closed. What somebody owns is read by the clock in Berlin."""

from datetime import datetime, time
from typing import Any
from zoneinfo import ZoneInfo


def during_hours(now: datetime, document: dict[str, Any]) -> bool:
    try:
        zone = ZoneInfo(document["zone"])
    except (LookupError, OSError, TypeError, ValueError):
        return False

    if document.get("owner"):
        zone = ZoneInfo("Europe/Berlin")
    return time(8) <= now.astimezone(zone).time() < time(18)
