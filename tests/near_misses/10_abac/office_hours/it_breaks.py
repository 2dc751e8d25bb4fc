"""Caught by: test_an_unknown_zone_is_closed. Where nobody knows the zone, an error goes up to the page."""

from datetime import datetime, time
from typing import Any
from zoneinfo import ZoneInfo


def during_hours(now: datetime, document: dict[str, Any]) -> bool:
    return time(8) <= now.astimezone(ZoneInfo(document["zone"])).time() < time(18)
