"""Caught by: test_later_the_shop_asks_again. Long enough to make tea, and to sit down at a laptop."""

from datetime import datetime, timedelta
from typing import Any

from labsrv.kit.visits import Visit


def may_change(visit: Visit, now: datetime) -> bool:
    return visit.proved_at is not None and now - visit.proved_at < timedelta(minutes=30)


def tell(mail: Any, address: str, change: str) -> None:
    mail.send(address, "Your account was changed", f"{change}\nIf it was not you, come to the shop.")
