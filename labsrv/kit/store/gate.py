"""Points where whoever asks the store waits, so that a race happens every time instead of one in a million.

    check-then-act:    request 1 ── reads ──┐           ┌── acts on what it read
                                            ├─ the gate ┤
                       request 2 ── reads ──┘           └── acts on the same row again

They stand at every operation that returns or changes a row: whoever writes first and looks afterwards can be overtaken
as well. One waits outside the store's lock, and never for longer than the point's patience.
"""

import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TypeVar


class Point:
    """Where operations on a collection may wait: before they are done, after, or both."""

    def before(self) -> None:
        """Wait until this operation may be done."""

    def after(self) -> None:
        """Wait until whoever asked for this operation may go on."""

    def release(self) -> None:
        """Let everybody go on, now and from now on."""


class Gate(Point):
    """Where several meet after each of their first operations, for as many rounds as are given; it then stays open.

    `.met` tells whether they met at all, `.arrived` how many came.
    """

    def __init__(self, readers: int, patience: float, rounds: float = 1):
        self.readers = readers
        self.patience = patience
        self.left = rounds
        self.arrived = self.waiting = self.round = 0
        self.met = False
        self._change = threading.Condition()

    def after(self) -> None:
        """Wait for the others, or until the patience of this gate ends."""
        with self._change:
            if not self.left:
                return

            self.arrived += 1
            self.waiting += 1
            this = self.round
            self._open_when_all_are_there()
            if not self._change.wait_for(lambda: self.round > this or not self.left, self.patience):
                self._open_for_good()

    def join(self, _: int) -> None:
        """Have the others wait for one more."""
        with self._change:
            self.readers += 1

    def leave(self) -> None:
        """Have the others no longer wait for one who has ended."""
        with self._change:
            self.readers -= 1
            self._open_when_all_are_there()

    def release(self) -> None:
        """Open the gate for good."""
        with self._change:
            self._open_for_good()

    def _open_when_all_are_there(self) -> None:
        if 0 < self.waiting == self.readers:
            self.met = self.met or self.waiting > 1
            self.waiting, self.round, self.left = 0, self.round + 1, self.left - 1
            self._change.notify_all()

    def _open_for_good(self) -> None:
        self.left = 0
        self._change.notify_all()


class InTurn(Point):
    """Where threads take turns, in the order in which they joined: each does one operation, then the next one does.

    So what comes of a race is the same in every run. Threads that have not joined wait for nobody.
    """

    def __init__(self, patience: float):
        self.patience = patience
        self._order: deque[int] = deque()
        self._turn: dict[int, threading.Semaphore] = {}
        self._lock = threading.Lock()

    def join(self, thread: int) -> None:
        """Have a thread take turns, by its `ident`; before any of them does an operation."""
        self._turn[thread] = threading.Semaphore(0 if self._order else 1)
        self._order.append(thread)

    def before(self) -> None:
        """Wait until it is this thread's turn."""
        turn = self._turn.get(threading.get_ident())
        if turn and not turn.acquire(timeout=self.patience):
            self.release()

    def after(self) -> None:
        """Give the turn to the next one."""
        with self._lock:
            if self._order and self._order[0] == threading.get_ident():
                self._order.rotate(-1)
                self._turn[self._order[0]].release()

    def leave(self) -> None:
        """Have the others no longer wait for this thread, which has ended."""
        thread = threading.get_ident()
        with self._lock:
            had_it = bool(self._order) and self._order[0] == thread
            if self._turn.pop(thread, None):
                self._order.remove(thread)
            if had_it and self._order:
                self._turn[self._order[0]].release()

    def release(self) -> None:
        """Have nobody wait any more."""
        with self._lock:
            self._order.clear()
            turns, self._turn = self._turn, {}
        for turn in turns.values():
            turn.release()


class Hold(Point):
    """Where the nth operation waits until `release()`."""

    def __init__(self, nth: int, patience: float):
        self.nth = nth
        self.patience = patience
        self.done = 0
        self._lock = threading.Lock()
        self._reached = threading.Event()
        self._released = threading.Event()

    def after(self) -> None:
        """Wait for the release when this is the operation to hold."""
        with self._lock:
            self.done += 1
            if self.done != self.nth:
                return

        self._reached.set()
        self._released.wait(self.patience)

    def wait_reached(self, timeout: float = 5.0) -> bool:
        """Wait until the nth operation has happened; False when it has not within `timeout` seconds."""
        return self._reached.wait(timeout)

    def release(self) -> None:
        """Let it go on."""
        self._released.set()


Kind = TypeVar("Kind", bound=Point)


@contextmanager
def armed(points: list[Point], point: Kind) -> Iterator[Kind]:
    """Have operations wait at the point for as long as the `with` block lasts."""
    points.append(point)
    try:
        yield point
    finally:
        points.remove(point)
        point.release()
