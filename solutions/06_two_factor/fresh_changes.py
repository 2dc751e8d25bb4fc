"""Ask again before the lock is changed, and say that it was."""

from datetime import datetime, timedelta
from typing import Any

from labsrv.kit.visits import Visit

FRESH = timedelta(minutes=5)


def may_change(visit: Visit, now: datetime) -> bool:
    """Tell whether this visit may change how its user logs in; labsrv/kit/visits.py says what a visit knows."""
    # When they last showed who they are, not when they were last there: and a known device has shown nothing.
    return visit.proved_at is not None and now - visit.proved_at < FRESH


def tell(mail: Any, address: str, change: str) -> None:
    """Tell an account's owner about a change: one sentence. `mail.send(to, subject, text)` sends a letter."""
    # What was changed, and no link: people should not learn to click in letters like this.
    mail.send(address, "Your account at the tea shop was changed", f"{change}\n\nIf it was not you, come to the shop.")
