"""Caught by: test_one_change_does_not_open_the_next. Each change is a sign of life, and begins the five minutes
anew.
"""

from datetime import datetime, timedelta
from typing import Any

from labsrv.kit.visits import Visit

CHANGED: dict[str, datetime] = {}


def may_change(visit: Visit, now: datetime) -> bool:
    since = CHANGED.get(visit.id, visit.proved_at)
    if since is None or now - since >= timedelta(minutes=5):
        return False
    CHANGED[visit.id] = now
    return True


def tell(mail: Any, address: str, change: str) -> None:
    mail.send(address, "Your account was changed", change)
