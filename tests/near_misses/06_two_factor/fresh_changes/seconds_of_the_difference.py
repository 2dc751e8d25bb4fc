"""Caught by: test_later_the_shop_asks_again. `seconds` leaves the days out, and after a day the login is fresh
again.
"""

from datetime import datetime
from typing import Any

from labsrv.kit.visits import Visit


def may_change(visit: Visit, now: datetime) -> bool:
    return visit.proved_at is not None and (now - visit.proved_at).seconds < 300


def tell(mail: Any, address: str, change: str) -> None:
    mail.send(address, "Your account was changed", f"{change}\nIf it was not you, come to the shop.")
