"""Time that can be moved.

`clock.advance(minutes=31)` moves the whole process: PyJWT, cookies and one-time passwords follow, while
`time.monotonic` and whoever waits stay as they are. There is one time per process, so every `Clock` shows it and may
move it. The first move makes one traveller, which is shifted from then on and never stopped: stopping it while threads
run raises in them. Other processes do not follow by themselves: `listeners` are told, and return when they have moved.
"""

import sys
import threading
import time
import weakref
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from labsrv.kit.lifetime import Lifetime

# time_machine imports pytest wherever it is to be had, for a plugin: slow, and in the memory of every lab and fork.
LEFT_OUT = "pytest" not in sys.modules
if LEFT_OUT:
    sys.modules["pytest"] = None  # type: ignore[assignment]
try:
    import time_machine
finally:
    if LEFT_OUT:
        del sys.modules["pytest"]

STILL = timedelta(0)


class ProcessTime:
    """The time of this process: how far it was moved from real time, and the clocks that show it."""

    def __init__(self) -> None:
        self.lock = threading.RLock()
        self.moved = STILL
        self.clocks: weakref.WeakSet[Clock] = weakref.WeakSet()
        self.traveller: time_machine.Traveller | None = None

    def shift(self, by: timedelta) -> None:
        """Move the process and tell every clock's listeners; the first that raises is heard when all were told."""
        if by == STILL:
            return
        if self.traveller is None:
            self.traveller = time_machine.travel(None).start()
            # A traveller stands still until it is looked at for the first time.
            time.time()

        self.traveller.shift(by)
        self.moved += by
        self.tell(by.total_seconds())

    def stand_still(self, at: float) -> None:
        """Stop time at a moment, in seconds since the epoch; it can still be moved."""
        if self.traveller is None:
            self.traveller = time_machine.travel(at, tick=False).start()
        self.traveller.move_to(at, tick=False)

    def tell(self, seconds: float) -> None:
        """Call every clock's listeners after a move."""
        raised: list[Exception] = []
        for listener in [listener for clock in list(self.clocks) for listener in clock.listeners]:
            try:
                listener(seconds)
            except Exception as error:
                raised.append(error)
        if raised:
            raise raised[0]


PROCESS = ProcessTime()


class Clock:
    """Shows the time of this process, and moves it. Times are aware, in UTC."""

    lifetime: Lifetime | None = None  # that of the lab whose clock it is

    def __init__(self) -> None:
        self.listeners: list[Callable[[float], None]] = []
        with PROCESS.lock:
            PROCESS.clocks.add(self)

    def now(self) -> datetime:
        """Return the time as an aware datetime in UTC."""
        return datetime.now(UTC)

    def time(self) -> float:
        """Return the time in seconds since the epoch."""
        return time.time()

    @property
    def moved(self) -> timedelta:
        """Return how far time was moved from real time; negative when it was moved back."""
        return PROCESS.moved

    @property
    def real_now(self) -> datetime:
        """Return real time, as the rest of the machine has it."""
        if PROCESS.traveller is None:
            return datetime.now(UTC)

        return datetime.fromtimestamp(time_machine.escape_hatch.time.time(), UTC)

    def advance(self, **by: float) -> None:
        """Move time by a timedelta's keywords: `advance(minutes=31)`, `advance(days=-1)`."""
        with PROCESS.lock:
            self._move(timedelta(**by))

    def move_to(self, when: datetime) -> None:
        """Move time to a moment, which must say its time zone. Raises `ValueError`."""
        if when.tzinfo is None:
            raise ValueError("Say which time zone: clock.move_to(datetime(2030, 1, 1, tzinfo=UTC)).")

        with PROCESS.lock:
            self._move(when - self.now())

    def follow(self, moved: timedelta) -> None:
        """Be moved from real time by exactly as much as another process is; saying it twice changes nothing."""
        with PROCESS.lock:
            self._move(moved - PROCESS.moved)

    def stand_still(self, at: float) -> None:
        """Stop this process's time at a moment, for good: for a process that has not long to live."""
        with PROCESS.lock:
            PROCESS.stand_still(at)

    def reset(self) -> None:
        """Return to real time."""
        with PROCESS.lock:
            self._move(-PROCESS.moved)

    def _move(self, by: timedelta) -> None:
        # Beyond the year 9999 there is no time to show: this raises OverflowError before anything moved.
        self.now() + by
        PROCESS.shift(by)

    def __repr__(self) -> str:
        return f"<Clock {self.now():%Y-%m-%d %H:%M:%S} UTC, moved by {self.moved}>"
