"""Caught by: test_a_known_device_has_shown_too_little. A known device has no moment to subtract: nothing is changed,
and the shop answers 500.
"""

from datetime import timedelta
from typing import Any


def may_change(visit, now):
    return now - visit.proved_at < timedelta(minutes=5)


FRESH = timedelta(minutes=5)


def tell(mail: Any, address: str, change: str) -> None:
    """Tell an account's owner about a change: one sentence. `mail.send(to, subject, text)` sends a letter."""
    mail.send(address, "Your account at the tea shop was changed", f"{change}\n\nIf it was not you, come to the shop.")
