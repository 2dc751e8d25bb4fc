"""Caught by: test_six_ends_it_for_whoever_is_logged_in. Where it was open within the hour, it still is."""

from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

seen: dict[Any, datetime] = {}


def during_hours(now: datetime, document: dict[str, Any]) -> bool:
    try:
        zone = ZoneInfo(document["zone"])
    except (LookupError, OSError, TypeError, ValueError):
        return False

    there = now.astimezone(zone)
    if time(8) <= there.time() < time(18):
        seen[document.get("_id")] = now
        return True
    before = seen.get(document.get("_id")) if "_id" in document else None
    return before is not None and timedelta(0) <= now - before < timedelta(hours=1)
