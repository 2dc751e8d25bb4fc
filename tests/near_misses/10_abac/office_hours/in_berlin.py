"""Caught by: test_each_document_has_its_zone. The company is at home in Berlin, and so is the clock."""

from datetime import datetime, time
from typing import Any
from zoneinfo import ZoneInfo


def during_hours(now: datetime, document: dict[str, Any]) -> bool:
    return time(8) <= now.astimezone(ZoneInfo("Europe/Berlin")).time() < time(18)
