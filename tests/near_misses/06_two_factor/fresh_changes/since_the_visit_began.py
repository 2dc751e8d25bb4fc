"""Caught by: test_a_known_device_has_shown_too_little. A visit that has begun a moment ago is fresh, whatever it
was let in for.
"""

from datetime import datetime, timedelta
from typing import Any

from labsrv.kit.visits import Visit


def may_change(visit: Visit, now: datetime) -> bool:
    return visit.full and now - visit.began_at < timedelta(minutes=5)


def tell(mail: Any, address: str, change: str) -> None:
    mail.send(address, "Your account was changed", f"{change}\nIf it was not you, come to the shop.")
