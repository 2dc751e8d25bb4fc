"""Whose turn it is to read a pipe, and the threads that stand by for it.

One thread reads at a time: whoever waits for an answer, or an attendant. Whoever read a call serves it, and meanwhile
the pipe is nobody's: the next who waits for an answer takes it, or an attendant that looks after `LOOK` seconds. So a
call that is answered soon, and the calls back that it leads to, wake no thread but the one that waits for them; a slow
one holds up nobody.
"""

import contextlib
import threading
from collections import deque
from collections.abc import Callable
from typing import Any

Document = dict[str, Any]

MOST_THREADS = 64
MOST_WAITING = 1024
LOOK = 0.005
LOOKS = 10  # in vain, one after the other: then an attendant sleeps until somebody leaves the pipe


class Turns:
    """The turn to read, and the attendants: as many as are busy at a time and one more, up to a cap.

    `attend` is what an attendant does from beginning to end; it asks `stand_by` what comes next. `callers` tells
    whether those who wait for an answer may read.
    """

    def __init__(self, attend: Callable[[], None], callers: bool):
        self.attend = attend
        self.callers = callers
        self.size = 0
        self.over = False
        self.taken = False
        self.looking = 0
        self.sleeping = 0
        self.returning = 0
        self.jobs: deque[Document] = deque()
        self.lock = threading.Condition(threading.Lock())

    def begin(self) -> None:
        """Have the first attendant stand by."""
        with self.lock:
            self._call_somebody()

    def join(self) -> None:
        """Count the calling thread as an attendant."""
        with self.lock:
            self.size += 1

    def take(self) -> bool:
        """Take the turn as one who waits for an answer, if nobody has it and the pipe is not at its end."""
        with self.lock:
            if self.taken or self.over or not self.callers:
                return False

            self.taken = True
            return True

    def leave(self, returns: bool = False) -> bool:
        """Leave the turn to whoever wants it; somebody stands by, or the attendant who leaves `returns` to do so.

        Tell whether the pipe is at its end.
        """
        with self.lock:
            self.taken = self.over
            self.returning += returns
            if not (self.looking or self.returning or self.over):
                self._call_somebody()
            return self.over

    def give(self, job: Document) -> bool:
        """Have an attendant serve a call, soon if nobody is free; False when too many wait already."""
        with self.lock:
            if len(self.jobs) >= MOST_WAITING:
                return False

            self.jobs.append(job)
            self._call_somebody()
            return self.size > 0

    def stand_by(self, returning: bool) -> Document | None:
        """Wait for a call to serve, or for the turn (`{}`), which is then taken; None at the end.

        Who is `returning`, or comes for the first time, leaves the turn to callers, and looks later whether they have
        taken it.
        """
        # A caller that comes soon wakes no other thread: an attendant leaves it the turn, and looks a little later.
        looks, patient = 0, returning and self.callers
        with self.lock:
            self.returning -= returning
            while not self.over:
                if self.jobs:
                    return self.jobs.popleft()
                if not (self.taken or patient):
                    self.taken = True
                    return {}

                if self.looking or looks == LOOKS or not self.callers:
                    self._sleep()
                    looks, patient = 0, self.callers
                else:
                    self._look()
                    looks, patient = looks + 1, False
            return None

    def end(self) -> bool:
        """Send everybody home once they have finished what they are at; tell whether nobody was reading."""
        with self.lock:
            unread = not (self.taken or self.over)
            self.taken = self.over = True
            self.jobs.clear()
            self.lock.notify_all()
            return unread

    def _look(self) -> None:
        self.looking += 1
        self.lock.wait(LOOK)
        self.looking -= 1

    def _sleep(self) -> None:
        self.sleeping += 1
        self.lock.wait()
        self.sleeping -= 1

    def _call_somebody(self) -> None:
        """Wake one who stands by, or start one more where there are too few; the system may have none, by a limit."""
        needed = len(self.jobs) + (not self.taken)
        if self.looking + self.sleeping + self.returning < needed and self.size < MOST_THREADS:
            with contextlib.suppress(RuntimeError):
                threading.Thread(target=self.attend, name=f"pipe-{self.size + 1}", daemon=True).start()
                self.size += 1
                self.returning += 1
                return
        self.lock.notify()
