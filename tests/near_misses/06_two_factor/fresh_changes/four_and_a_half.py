"""Caught by: test_fresh_from_the_login_alice_removes_her_app. Half a minute for safety."""

from datetime import timedelta
from typing import Any


def may_change(visit, now):
    return visit.proved_at is not None and now - visit.proved_at < timedelta(minutes=4, seconds=30)


FRESH = timedelta(minutes=5)


def tell(mail: Any, address: str, change: str) -> None:
    """Tell an account's owner about a change: one sentence. `mail.send(to, subject, text)` sends a letter."""
    mail.send(address, "Your account at the tea shop was changed", f"{change}\n\nIf it was not you, come to the shop.")
