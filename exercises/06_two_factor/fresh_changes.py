"""Ask again before the lock is changed, and say that it was.

Alice is logged in and gets herself some tea. Mallory sits down at her laptop and takes the second factor off, or sets
up her own phone, or prints herself a sheet of codes. Alice comes back, and notices nothing, that day or later.

Who changes what one logs in with has shown who they are within the last five minutes, with both steps; the shop asks
those who have not. And the owner gets mail about it.  (OWASP ASVS 5.0, 7.5.1 and 6.3.7; CWE-306, CWE-778)
"""

from datetime import datetime
from typing import Any

from labsrv.kit.visits import Visit


def may_change(visit: Visit, now: datetime) -> bool:
    """Tell whether this visit may change how its user logs in; labsrv/kit/visits.py says what a visit knows.

    `visit.proved_at` is when its user last showed who they are, or None where the shop only knew the device.
    """
    # TODO: Only who has shown within five minutes who they are.
    return visit.full


def tell(mail: Any, address: str, change: str) -> None:
    """Tell an account's owner about a change: one sentence. `mail.send(to, subject, text)` sends a letter."""
    # TODO: The owner reads what was changed. Nothing in the letter opens anything.
