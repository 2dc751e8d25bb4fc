"""How long a lab lasts, for whoever shows what belongs to it.

    lab.alice.lifetime, lab.db.lifetime     the lab's own, or None for what belongs to no lab
    newest()                                that of the lab which was opened last

What is over must not go on with what came after it: time may have been moved back, and another lab may answer at the
same address.
"""

import time
import weakref
from collections.abc import Callable


class Lifetime:
    """From a lab's start to its end. `ended_at` is that moment on the lab's clock, in seconds since the epoch.

    `listeners` are called once, when it ends: everything is still there then.
    """

    def __init__(self) -> None:
        self.ended_at: float | None = None
        self.listeners: list[Callable[[], None]] = []
        NEWEST.append(weakref.ref(self))
        del NEWEST[:-1]

    def time(self) -> float:
        """Return the lab's time in seconds since the epoch; after its end, the time when it ended."""
        return time.time() if self.ended_at is None else self.ended_at

    def end(self) -> None:
        """Stand still from now on, and tell those who listen; a second time changes nothing."""
        if self.ended_at is None:
            self.ended_at = time.time()
            listeners, self.listeners = self.listeners, []
            for listen in listeners:
                listen()


NEWEST: list[weakref.ref[Lifetime]] = []


def newest() -> Lifetime | None:
    """Return the lifetime of the lab that was opened last, or None where it has ended or there was none."""
    found = NEWEST[0]() if NEWEST else None
    return found if found and found.ended_at is None else None
