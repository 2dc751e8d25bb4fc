"""Caught by: test_each_document_has_its_zone. It opens and closes there, on the date that it is here."""

from datetime import datetime, time
from typing import Any
from zoneinfo import ZoneInfo


def during_hours(now: datetime, document: dict[str, Any]) -> bool:
    try:
        zone = ZoneInfo(document["zone"])
    except (LookupError, OSError, TypeError, ValueError):
        return False

    opens, closes = (datetime.combine(now.date(), time(hour), zone) for hour in (8, 18))
    return opens <= now < closes
