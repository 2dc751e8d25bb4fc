"""Counting attempts, in rows of the store: how often was this name, this address, this device tried of late?

A row counts for a quarter of an hour from its first attempt; then it is forgotten.
"""

from collections.abc import Callable
from datetime import datetime, timedelta

from labsrv.kit.store import Collection

WINDOW = timedelta(minutes=15)


class Attempts:
    """Counters by a kind (`"account"`, `"source"`, `"device"`) and whom they are about."""

    def __init__(self, rows: Collection, now: Callable[[], datetime]):
        self.rows = rows
        self.now = now

    def note(self, kind: str, who: str) -> int:
        """Count one more attempt, and return how many there are now with this one. No two callers get the same."""
        now = self.now()
        self.rows.delete_one({"_id": f"{kind} {who}", "until": {"$lte": now}})
        row = self.rows.find_one_and_update(
            {"_id": f"{kind} {who}"},
            {"$inc": {"count": 1}, "$setOnInsert": {"until": now + WINDOW}},
            upsert=True,
            return_document=True,
        )
        return int(row["count"])

    def seen(self, kind: str, who: str) -> int:
        """Return how many attempts there are, and count none."""
        row = self.rows.find_one({"_id": f"{kind} {who}", "until": {"$gt": self.now()}})
        return int(row["count"]) if row else 0

    def take_back(self, kind: str, who: str) -> None:
        """Count one attempt less."""
        self.rows.update_one({"_id": f"{kind} {who}", "count": {"$gt": 0}}, {"$inc": {"count": -1}})

    def forget(self, kind: str, who: str) -> None:
        """Begin to count anew."""
        self.rows.delete_one({"_id": f"{kind} {who}"})
