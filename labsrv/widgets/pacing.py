"""Few updates for many changes: the first shows at once, those right after it together."""

import threading
import time
from collections.abc import Callable
from typing import Any

# Seconds between two updates while there is much to see.
PAUSE = 0.05


class Pace:
    """Calls `update` after changes, at most once in `pause` seconds, and never twice at a time.

    `update` runs with the lock held, in whichever thread made the change, or in a timer's. What belongs together shares
    one lock; `wait_first` lets even the first change wait.
    """

    def __init__(
        self,
        update: Callable[[], None],
        *,
        pause: float = PAUSE,
        wait_first: bool = False,
        lock: Any = None,
    ):
        self.update = update
        self.pause = pause
        self.wait_first = wait_first
        self.lock = lock or threading.RLock()
        self.updated = 0.0
        self.due: threading.Timer | None = None
        self.stopped = False

    def changed(self) -> None:
        """Show what has changed: at once, or a moment later while there is much of it."""
        with self.lock:
            wait = self.pause if self.wait_first else self.updated + self.pause - time.monotonic()
            if wait <= 0:
                self.now()
            elif self.due is None and not self.stopped:
                self.due = threading.Timer(wait, self.now)
                self.due.daemon = True
                self.due.start()

    def now(self) -> None:
        """Update, and have nothing left to update later."""
        with self.lock:
            if self.due:
                self.due.cancel()
                self.due = None
            if not self.stopped:
                self.updated = time.monotonic()
                self.update()

    def stop(self) -> None:
        """Update no more."""
        with self.lock:
            self.stopped = True
            if self.due:
                self.due.cancel()
                self.due = None
