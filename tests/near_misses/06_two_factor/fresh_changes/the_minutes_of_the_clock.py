"""Caught by: test_later_the_shop_asks_again. It compares what the clock shows, and an hour later it shows the same."""

from datetime import timedelta
from typing import Any


def may_change(visit, now):
    return visit.proved_at is not None and (now.minute - visit.proved_at.minute) % 60 <= 5


FRESH = timedelta(minutes=5)


def tell(mail: Any, address: str, change: str) -> None:
    """Tell an account's owner about a change: one sentence. `mail.send(to, subject, text)` sends a letter."""
    mail.send(address, "Your account at the tea shop was changed", f"{change}\n\nIf it was not you, come to the shop.")
