"""Where somebody is on the way from an application's request to its answer: login, second factor, consent.

    GET /authorize ──▶ a step is begun ──▶ pages, each of which sends the step's id ──▶ it is taken, once: the answer

A step belongs to the browser in which it began: its id alone is worth nothing in another one. So a page that somebody
else's site sends in is refused, and so is a link that leads into a login that Mallory began (CWE-352).
"""

import secrets
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from labsrv.kit.fingerprints import fingerprint
from labsrv.kit.store import Collection


class Steps:
    """The table of steps. `_id` is the fingerprint of the id in the page, `browser` that of the browser's cookie."""

    def __init__(self, rows: Collection, now: Callable[[], datetime], life: timedelta):
        self.rows = rows
        self.now = now
        self.life = life

    def begin(self, browser: str, kind: str, **known: Any) -> str:
        """Store a step of a kind for one browser, and return its id."""
        self.rows.delete_many({"until": {"$lte": self.now()}})
        step = secrets.token_urlsafe(24)
        row = {"_id": fingerprint(step), "browser": fingerprint(browser), "kind": kind, "until": self.now() + self.life}
        self.rows.insert_one(row | known)
        return step

    def find(self, step: str | None, browser: str | None, kind: str) -> dict[str, Any] | None:
        """Return a step's row if it is this browser's, of this kind, and in time; or None."""
        return self._judged(self.rows.find_one(self._key(step, browser, kind)))

    def take(self, step: str | None, browser: str | None, kind: str) -> dict[str, Any] | None:
        """Return a step's row as `find` does, and remove it: no two requests get the same one."""
        return self._judged(self.rows.find_one_and_delete(self._key(step, browser, kind)))

    def remove(self, row: dict[str, Any]) -> bool:
        """Remove a step that was found; return whether nobody else did before."""
        return self.rows.delete_one({"_id": row["_id"]}).deleted_count == 1

    def note(self, row: dict[str, Any], **known: Any) -> dict[str, Any]:
        """Write something down about a step, and return its row as it is now."""
        self.rows.update_one({"_id": row["_id"]}, {"$set": known})
        return row | known

    def _key(self, step: str | None, browser: str | None, kind: str) -> dict[str, str]:
        return {"_id": fingerprint(step or ""), "browser": fingerprint(browser or ""), "kind": kind}

    def _judged(self, row: dict[str, Any] | None) -> dict[str, Any] | None:
        return row if row and self.now() < row["until"] else None
