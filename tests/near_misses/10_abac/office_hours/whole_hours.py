"""Caught by: test_each_document_has_its_zone. Zones are hours apart, and in Kathmandu there are minutes as well."""

from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo


def during_hours(now: datetime, document: dict[str, Any]) -> bool:
    try:
        zone = ZoneInfo(document["zone"])
    except (LookupError, OSError, TypeError, ValueError):
        return False

    hours = now.astimezone(zone).utcoffset() // timedelta(hours=1)
    return time(8) <= (now + timedelta(hours=hours)).time() < time(18)
