"""Logins in two steps, as rows in the store. A visit that has made the first step only is *half way*.

stranger ──password──▶ half way ──code──▶ logged in ──five minutes──▶ logged in, and no longer fresh
"""

import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from labsrv.kit.fingerprints import fingerprint
from labsrv.kit.store import Collection

HALF_WAY = timedelta(minutes=5)  # for as long a first step waits for the second one


@dataclass(frozen=True)
class Visit:
    """One login. `user` is whose first step it was; `full` says that nothing is missing any more.

    `proved_at` is when the user last showed who they are, None where the shop only recognised their device.
    """

    id: str = field(repr=False)
    user: str
    full: bool
    began_at: datetime
    proved_at: datetime | None = None


class Visits:
    """The table of visits. The store keeps a hash of each id."""

    def __init__(self, rows: Collection, now: Callable[[], datetime]):
        self.rows = rows
        self.now = now

    def begin(self, user: str, *, full: bool, proved: bool = True) -> Visit:
        """Store a visit with an id of its own, and return it."""
        now = self.now()
        visit = Visit(secrets.token_urlsafe(32), user, full, now, now if proved else None)
        self.rows.insert_one({"_id": fingerprint(visit.id), **row_of(visit)})
        return visit

    def find(self, visit_id: str | None) -> Visit | None:
        """Return the visit with this id, or None; one that stayed half way for five minutes is over."""
        row = self.rows.find_one({"_id": fingerprint(visit_id)}) if visit_id else None
        if row is None or (not row["full"] and self.now() - row["began_at"] >= HALF_WAY):
            return None

        del row["_id"]
        return Visit(id=str(visit_id), **row)

    def prove(self, visit: Visit) -> Visit:
        """End a visit and begin another of the same user, who has shown once more who they are."""
        self.end(visit)
        return self.begin(visit.user, full=True)

    def end(self, visit: Visit | None) -> None:
        """Remove a visit."""
        if visit:
            self.rows.delete_one({"_id": fingerprint(visit.id)})

    def end_all(self, user: str) -> None:
        """Remove every visit of a user."""
        self.rows.delete_many({"user": user})


def row_of(visit: Visit) -> dict[str, Any]:
    """Return what the store keeps of a visit: everything but the id."""
    return {name: value for name, value in vars(visit).items() if name != "id"}
