"""The lab's clock, and what moves it.

    ClockControl(lab.clock)

The front end counts the seconds by itself, from the time that it was told: nothing is sent while the clock ticks.
"""

import threading
from datetime import UTC, datetime
from typing import Any

import traitlets

from labsrv.kit.clock import Clock
from labsrv.widgets.base import View

# Seconds that the buttons move on by: an idle time and an absolute limit pass in one step.
STEPS = {60: "1 min", 31 * 60: "31 min", 13 * 3600: "13 h"}
EARLIEST, LATEST = datetime(1980, 1, 1, tzinfo=UTC), datetime(2200, 1, 1, tzinfo=UTC)


class BadMoment(Exception):
    """Time cannot be moved there; the message says why."""


class ClockControl(View):
    """Shows lab time (UTC) and moves it. `shown` is the time when it was last told, both in seconds."""

    steps: traitlets.List[Any] = traitlets.List().tag(sync=True)
    shown = traitlets.Dict().tag(sync=True)
    said = traitlets.Unicode().tag(sync=True)

    def __init__(self, clock: Clock, **options: Any):
        self.clock = clock
        self.lock = threading.RLock()
        self.count = 0
        super().__init__(steps=[[seconds, f"+{words}"] for seconds, words in STEPS.items()], **options)
        self.tell()
        clock.listeners.append(self.tell)
        self.on_msg(self.asked)
        self.lasts_as_long_as(clock.lifetime)

    def as_text(self) -> str:
        """Return the lab's time."""
        return repr(self.clock)

    def tell(self, _: float = 0.0) -> None:
        """Send the front end the time; the count makes two moves differ that look the same."""
        with self.lock:
            self.count += 1
            moved = self.clock.moved.total_seconds()
            self.shown = {"time": round(self.clock.time(), 3), "moved": round(moved, 3), "count": self.count}

    def asked(self, _: Any, wish: Any, __: Any) -> None:
        """Move time as somebody asked for."""
        try:
            self.move(wish if isinstance(wish, dict) else {})
            self.said = ""
        except (BadMoment, OverflowError, TimeoutError) as error:
            # Time may have moved all the same: a site that did not follow in time says so afterwards.
            self.said = str(error)
            self.tell()

    def move(self, wish: dict[str, Any]) -> None:
        """Move time, or raise `BadMoment`."""
        match wish:
            case {"do": "advance", "seconds": int(seconds)} if seconds in STEPS:
                if self.clock.now().timestamp() + seconds > LATEST.timestamp():
                    raise BadMoment("This clock ends with the year 2199.")
                self.clock.advance(seconds=seconds)
            case {"do": "move_to", "when": str(when)}:
                self.clock.move_to(moment(when))
            case {"do": "reset"}:
                self.clock.reset()
            case {"do": "look"}:
                self.tell()
            case _:
                raise BadMoment("The view asked for something that no clock does.")

    def last_look(self) -> None:
        """Show the lab's last moment."""
        self.tell()

    def listen_no_more(self) -> None:
        """Listen to the clock no more."""
        if self.tell in self.clock.listeners:
            self.clock.listeners.remove(self.tell)


def moment(text: str) -> datetime:
    """Return what a date and time in UTC means, `2030-01-31T12:00`, or raise `BadMoment`."""
    try:
        when = datetime.fromisoformat(text[:40]).replace(tzinfo=UTC)
    except ValueError:
        raise BadMoment("Say a whole date and time, such as 2030-01-31 12:00.") from None

    if EARLIEST <= when < LATEST:
        return when

    raise BadMoment(f"Choose a moment between {EARLIEST:%Y} and {LATEST.year - 1}.")
