"""Caught by: test_fresh_from_the_login_alice_removes_her_app. One minute is safer, and too short to find the button."""

from datetime import datetime, timedelta
from typing import Any

from labsrv.kit.visits import Visit


def may_change(visit: Visit, now: datetime) -> bool:
    return visit.proved_at is not None and now - visit.proved_at < timedelta(minutes=1)


def tell(mail: Any, address: str, change: str) -> None:
    mail.send(address, "Your account was changed", f"{change}\nIf it was not you, come to the shop.")
