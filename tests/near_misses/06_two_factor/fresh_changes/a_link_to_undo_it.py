"""Caught by: test_the_letter_opens_nothing. One click and all is well: and the next such letter is Mallory's."""

from datetime import datetime, timedelta
from typing import Any

from labsrv.kit.visits import Visit


def may_change(visit: Visit, now: datetime) -> bool:
    return visit.proved_at is not None and now - visit.proved_at < timedelta(minutes=5)


def tell(mail: Any, address: str, change: str) -> None:
    text = f"{change}\nWas it not you? http://shop.localhost/mail undoes it."
    mail.send(address, "Your account was changed", text)
