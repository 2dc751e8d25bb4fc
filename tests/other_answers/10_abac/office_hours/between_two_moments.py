"""The moment stands between two others: when the office opens on that day, and when it closes."""

import zoneinfo
from datetime import datetime


def during_hours(now, document):
    zone = zone_of(document)
    if zone is None:
        return False
    today = now.astimezone(zone).date()
    opens = datetime(today.year, today.month, today.day, 8, tzinfo=zone)
    closes = datetime(today.year, today.month, today.day, 18, tzinfo=zone)
    return opens <= now < closes


def zone_of(document):
    try:
        return zoneinfo.ZoneInfo(document.get("zone"))
    except Exception:
        return None
