"""Say whether the office is open where a document belongs."""

from datetime import datetime, time
from typing import Any
from zoneinfo import ZoneInfo

OPENS, CLOSES = time(8), time(18)


def during_hours(now: datetime, document: dict[str, Any]) -> bool:
    """Return whether it is from 08:00:00 to before 18:00:00 on the clocks in the document's zone.

    `now` is the server's, in UTC. The zone knows of its own summer time; where nobody knows the zone, it is closed.
    """
    try:
        zone = ZoneInfo(document["zone"])
    except (LookupError, OSError, TypeError, ValueError):
        return False

    return OPENS <= now.astimezone(zone).time() < CLOSES
