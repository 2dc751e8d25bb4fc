"""Points where a reader of the store waits, so that a race happens every time instead of one in a million.

    check-then-act:    reader 1 ── reads ──┐           ┌── acts on what it read
                                           ├─ the gate ┤
                       reader 2 ── reads ──┘           └── acts on the same row again

Readers wait after they have read and outside the store's lock. Nobody waits for longer than the point's patience.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TypeVar


class Gate:
    """Where the first readers meet before any of them goes on, as often as there are rounds; it then stays open.

    `.met` tells whether they met at all.
    """

    def __init__(self, readers: int, patience: float, rounds: int = 1):
        self.readers = readers
        self.patience = patience
        self.arrived = 0
        self.met = False
        self._lock = threading.Lock()
        self._meetings = [threading.Event() for _ in range(rounds)]

    def pass_through(self) -> None:
        """Wait for the other readers, or until the patience of this gate ends."""
        with self._lock:
            round, place = divmod(self.arrived, self.readers)
            if round >= len(self._meetings) or self._meetings[-1].is_set():
                return

            self.arrived += 1
            meeting = self._meetings[round]
            if place + 1 == self.readers:
                self.met = True
                meeting.set()

        if not meeting.wait(self.patience):
            self.release()

    def release(self) -> None:
        """Open the gate for good."""
        for each in self._meetings:
            each.set()


class Hold:
    """Where the nth reader waits until `release()`."""

    def __init__(self, nth: int, patience: float):
        self.nth = nth
        self.patience = patience
        self.reads = 0
        self._lock = threading.Lock()
        self._reached = threading.Event()
        self._released = threading.Event()

    def pass_through(self) -> None:
        """Wait for the release when this is the read to hold."""
        with self._lock:
            self.reads += 1
            if self.reads != self.nth:
                return

        self._reached.set()
        self._released.wait(self.patience)

    def wait_reached(self, timeout: float = 5.0) -> bool:
        """Wait until the nth read has happened; False when it has not within `timeout` seconds."""
        return self._reached.wait(timeout)

    def release(self) -> None:
        """Let the reader go on."""
        self._released.set()


Point = TypeVar("Point", Gate, Hold)


@contextmanager
def armed(points: list[Gate | Hold], point: Point) -> Iterator[Point]:
    """Have readers wait at the point for as long as the `with` block lasts."""
    points.append(point)
    try:
        yield point
    finally:
        points.remove(point)
        point.release()
