"""Who changed what: watches a store, and tells the changes of the last request from those before.

    request ──▶ writes … writes ──▶ answer    one step; what follows a redirect, or loads a page's images, belongs to it
    notebook ─▶ writes                        a step of its own

A step that wrote what was there already is none. The store is looked at when an exchange is over, and when code has
written; under load, where looking takes long, several requests make one step.
"""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from pymongo.errors import PyMongoError

from labsrv.kit.addresses.urls import path_of
from labsrv.kit.http.traffic import Exchange
from labsrv.kit.store import Store, StoreUnavailable
from labsrv.kit.text import cut
from labsrv.widgets.pacing import PAUSE, Pace
from labsrv.widgets.store.changes import CollectionChange, Looked, difference

# Rows of a collection that are looked at: the last ones.
MOST_ROWS = 300
# Seconds. After a look that took longer, the next ones are paced.
QUICK = 0.01
ASSETS = {"image", "style", "script", "font"}
STOPPED = "The lab of this store was stopped. Start it again: run the notebook's first cell."


@dataclass
class Step:
    """Changes with one cause: the requests that belong together, or (none) code. `chain` tells requests apart."""

    before: Looked
    causes: list[Exchange] = field(default_factory=list)
    chain: int | None = None
    open: bool = False
    at: float = field(default_factory=time.monotonic)


class StoreWatch:
    """Looks at a store after each step. `rows` and `totals` are what it holds, `changes` those of the last step."""

    def __init__(self, store: Store, tell: Callable[[], None], lock: Any):
        self.store = store
        self.tell = tell
        self.rows: Looked = {}
        self.totals: dict[str, int] = {}
        self.changes: dict[str, CollectionChange] = {}
        self.trouble = ""
        self.step = Step({}, at=float("-inf"))
        self.earlier = self.step
        self.chain = 0
        self.last: Exchange | None = None
        self.waiting: list[Exchange] = []
        self.stale: set[str] = set()
        self.cost = 0.0
        self.by_request = False  # of what is not looked at yet: whether any of it was written in a site's thread
        # An answer follows most writes at once; the timer is for those that take long.
        self.pace = Pace(self.look, wait_first=True, lock=lock)
        self.begin()

    def begin(self) -> None:
        """Listen from now on, and look at everything."""
        self.store.listeners.append(self.wrote)
        if self.store.caused_by is not None:
            self.store.caused_by.listeners.append(self.ended)
        with self.pace.lock:
            self.stale = set(self.names())
            self.refresh()

    def end(self) -> None:
        """Listen no more."""
        self.pace.stop()
        if self.wrote in self.store.listeners:
            self.store.listeners.remove(self.wrote)
        if self.store.caused_by is not None and self.ended in self.store.caused_by.listeners:
            self.store.caused_by.listeners.remove(self.ended)

    def wrote(self, collection: str) -> None:
        """Note that a collection was written to, or ("") that the store was closed."""
        # Sites answer in threads of their own, and a cell's code runs in the main one.
        by_code = threading.current_thread() is threading.main_thread()
        with self.pace.lock:
            self.stale.add(collection)
            self.by_request = self.by_request or not by_code
            if by_code and self.cost < QUICK:
                self.look()
            else:
                self.pace.changed()

    def ended(self, exchange: Exchange) -> None:
        """Count what was written since the last answer as the work of this request."""
        with self.pace.lock:
            if not (self.last and goes_on(self.last, exchange)):
                self.chain += 1
            self.last = exchange
            if self.stale and self.cost >= QUICK:
                if self.by_request:
                    self.waiting.append(exchange)
                return
            if self.stale:
                self.look()
            if self.step.open:
                self.claim([exchange])
                self.tell()

    def claim(self, causes: list[Exchange]) -> None:
        """Close the step: these requests made it, together with those that they go on from."""
        self.step.open = False
        if self.earlier.chain == self.chain:
            self.step.before = self.earlier.before
            self.step.causes = list(self.earlier.causes)
        self.step.causes += causes
        self.step.chain = self.chain
        self.changes = difference(self.step.before, self.rows)

    def look(self) -> None:
        """Look at what was written, and see whether a new step has begun."""
        with self.pace.lock:
            known = dict(self.rows)
            by_code, self.by_request = not self.by_request, False
            self.refresh()
            waiting, self.waiting = self.waiting, []
            if not self.trouble and difference(known, self.rows):
                if by_code and self.step.chain is None and time.monotonic() - self.step.at < PAUSE:
                    self.step.at = time.monotonic()
                elif not self.step.open:
                    self.earlier, self.step = self.step, Step(known, open=not by_code)
                self.changes = difference(self.step.before, self.rows)
                if waiting:
                    self.claim(waiting)
            self.tell()

    def refresh(self) -> None:
        """Read what was written to."""
        began = time.perf_counter()
        stale, self.stale = self.stale, set()
        self.trouble = STOPPED if self.store.closed else ""
        try:
            for name in stale if not self.trouble else ():
                self.read(name)
        except (StoreUnavailable, PyMongoError) as error:
            self.trouble = str(error)
        self.cost = time.perf_counter() - began

    def read(self, name: str) -> None:
        """Read one collection. Rows that are not among the last only because others came are no removed ones."""
        found, total = self.store.peek(name, last=MOST_ROWS)
        rows = {repr(row["_id"]): row for row in found}
        if total > len(found):
            unseen = [row["_id"] for key, row in self.rows.get(name, {}).items() if key not in rows]
            still = {repr(row["_id"]): row for row in self.store.peek(name, {"_id": {"$in": unseen}})[0]}
            kept = dict(list(still.items())[-MOST_ROWS:])
            self.forget(name, still.keys() - kept.keys())
            rows = kept | rows
        self.rows[name], self.totals[name] = rows, total

    def forget(self, name: str, keys: set[str]) -> None:
        """Look at these rows no more, as if they had never been seen."""
        for looked in (self.rows, self.step.before, self.earlier.before):
            for key in keys:
                looked.get(name, {}).pop(key, None)

    def names(self) -> list[str]:
        """Return the names of the collections."""
        try:
            return self.store.collections()
        except (StoreUnavailable, PyMongoError):
            return []

    def cause(self) -> str:
        """Return in a few words who made the last step."""
        if not self.changes:
            return ""
        if not self.step.causes:
            return "code" if not self.step.open else "a request that is not answered yet"

        first, *more = self.step.causes
        rest = f", and {len(more)} more after it" if more else ""
        return f"{first.who}: {first.method} {cut(path_of(first.url), 80)} → {first.status}{rest}"


def goes_on(before: Exchange, now: Exchange) -> bool:
    """Return whether a request belongs to the one before: it follows its redirect, or loads something for its page."""
    if before.who != now.who:
        return False

    redirected = 300 <= before.status < 400 and before.response_header("Location") is not None
    return redirected or (now.request_header("Sec-Fetch-Dest") or "") in ASSETS
