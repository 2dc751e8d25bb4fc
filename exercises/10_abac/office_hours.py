"""Look at the clock where a document belongs.

The most sensitive documents are open in office hours alone, from 08:00 to 18:00, at the place where they belong. The
first try looks at the hour that the server's clock shows. While it shows a morning, it is evening in Tokyo, and Mallory
reads a contract of the office there, which has closed. And for the hour after six everything is open.

A rule about time is as good as its clock: the server's, not that of whoever asks, and read in the right zone.
(NIST SP 800-162, 2.3: environment attributes; OWASP ASVS 5.0, 8.2.4; CWE-863)
"""

from datetime import datetime
from typing import Any


def during_hours(now: datetime, document: dict[str, Any]) -> bool:
    """Return whether the office is open where the document belongs.

    `now` is the moment by the server's clock, in UTC: datetime(2026, 7, 1, 15, 59, 59, tzinfo=UTC).
    `document` is a row of the store; its "zone" is a name of the IANA's list of time zones: "Europe/Berlin".
    """
    # TODO: The office opens at 08:00:00 and closes at 18:00:00, on the clocks on its wall, in summer and in winter, on
    #       every day of the week. At 17:59:59.999 it is still open, at 18:00:00 it is closed. `ZoneInfo(name)` (from
    #       zoneinfo) is a zone, and `now.astimezone(zone)` the same moment there; `.time()` of that is what the clocks
    #       show. Where the zone is missing, is no text, or nobody knows it, the office is closed: return False.
    #       (`ZoneInfo` raises several errors for such names: KeyError, ValueError, TypeError, OSError.)
    return 8 <= now.hour <= 18
