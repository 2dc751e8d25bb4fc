"""Threads that serve the calls of a pipe."""

import threading
from collections import deque
from collections.abc import Callable
from typing import Any

Document = dict[str, Any]

MOST_THREADS = 64
MOST_WAITING = 1024


class Crew:
    """Threads that serve calls: as many as are busy at a time, up to a cap, and kept for the next call."""

    def __init__(self, work: Callable[[Document], None]):
        self.work = work
        self.size = 0
        self.idle = 0
        self.dismissed = False
        self.waiting: deque[Document] = deque()
        self.turn = threading.Condition(threading.Lock())

    def give(self, job: Document) -> bool:
        """Have a job done, soon if nobody is free; False when too many wait already."""
        with self.turn:
            if len(self.waiting) >= MOST_WAITING:
                return False
            self.waiting.append(job)
            if not (len(self.waiting) > self.idle and self.size < MOST_THREADS and self._grow()):
                self.turn.notify()
            return self.size > 0

    def _grow(self) -> bool:
        """Start one more thread; False where the system has none, for want of memory or by a limit."""
        try:
            threading.Thread(target=self._serve, name=f"pipe-{self.size + 1}", daemon=True).start()
        except RuntimeError:
            return False

        self.size += 1
        return True

    def dismiss(self) -> None:
        """Send everybody home once they have finished what they are at."""
        with self.turn:
            self.dismissed = True
            self.waiting.clear()
            self.turn.notify_all()

    def _serve(self) -> None:
        while True:
            with self.turn:
                self.idle += 1
                while not self.waiting and not self.dismissed:
                    self.turn.wait()
                self.idle -= 1
                if self.dismissed:
                    return
                job = self.waiting.popleft()
            self.work(job)
