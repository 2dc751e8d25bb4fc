"""Caught by: test_later_the_shop_asks_again. They have shown who they are: at some time."""

from datetime import datetime
from typing import Any

from labsrv.kit.visits import Visit


def may_change(visit: Visit, now: datetime) -> bool:
    return visit.proved_at is not None


def tell(mail: Any, address: str, change: str) -> None:
    mail.send(address, "Your account was changed", f"{change}\nIf it was not you, come to the shop.")
