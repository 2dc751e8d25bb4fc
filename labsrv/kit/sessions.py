"""Sessions on the server: what a visitor's cookie stands for, as rows in the store.

A row's `_id` is `fingerprint(id)`: what is stored need not be what the browser holds.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from labsrv.kit.store import Collection


@dataclass
class Session:
    """One visitor's session. `id` is what the cookie holds; the times are aware, in UTC."""

    id: str = field(repr=False)
    user: str | None
    created_at: datetime
    last_seen: datetime
    confirmed_at: datetime | None = None
    basket: list[str] = field(default_factory=list)

    def row(self) -> dict[str, Any]:
        """Return what the store keeps of the session: everything but the id."""
        return {name: value for name, value in vars(self).items() if name != "id"}


class Sessions:
    """The table of sessions. `rows` is the collection itself, `key(id)` the `_id` of a session's row in it."""

    def __init__(
        self,
        rows: Collection,
        *,
        new_id: Callable[[str | None], str],
        fingerprint: Callable[[str], str],
        now: Callable[[], datetime],
    ):
        self.rows = rows
        self.new_id = new_id
        self.fingerprint = fingerprint
        self.now = now

    def key(self, session_id: str) -> str:
        """Return the `_id` of the row that belongs to a session id."""
        return self.fingerprint(session_id)

    def create(
        self, user: str | None = None, *, session_id: str | None = None, basket: list[str] | None = None
    ) -> Session:
        """Store a new session and return it; its id is drawn unless one is given."""
        now = self.now()
        session = Session(
            session_id or self.new_id(user), user, created_at=now, last_seen=now, basket=list(basket or [])
        )
        self.rows.insert_one({"_id": self.key(session.id), **session.row()})
        return session

    def find(self, session_id: str | None) -> Session | None:
        """Return the session with this id, or None."""
        if not session_id:
            return None

        row = self.rows.find_one({"_id": self.key(session_id)})
        if row:
            del row["_id"]
            return Session(id=session_id, **row)

        return None

    def of(self, user: str) -> list[dict[str, Any]]:
        """Return the rows of a user's sessions, oldest first."""
        return self.rows.find({"user": user}, sort=[("created_at", 1)])

    def delete(self, session: Session) -> None:
        """Remove a session's row."""
        self.rows.delete_one({"_id": self.key(session.id)})

    def delete_all(self, user: str, *, but: Session | None = None) -> None:
        """Remove every session of a user, or every one but this."""
        kept = {"$ne": self.key(but.id)} if but else {"$exists": True}
        self.rows.delete_many({"user": user, "_id": kept})
