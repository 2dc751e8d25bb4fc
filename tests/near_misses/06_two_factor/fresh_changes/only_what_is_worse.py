"""Caught by: test_the_owner_gets_mail. Only what takes something away is worth a letter."""

from datetime import datetime, timedelta
from typing import Any

from labsrv.kit.visits import Visit


def may_change(visit: Visit, now: datetime) -> bool:
    return visit.proved_at is not None and now - visit.proved_at < timedelta(minutes=5)


def tell(mail: Any, address: str, change: str) -> None:
    if "removed" in change:
        mail.send(address, "Your account was changed", change)
