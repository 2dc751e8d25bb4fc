"""Caught by: test_each_document_has_its_zone. The moment is given another zone, and is another moment then."""

from datetime import datetime, time
from typing import Any
from zoneinfo import ZoneInfo


def during_hours(now: datetime, document: dict[str, Any]) -> bool:
    try:
        zone = ZoneInfo(document["zone"])
    except (LookupError, OSError, TypeError, ValueError):
        return False

    return time(8) <= now.replace(tzinfo=zone).time() < time(18)
