"""What one control is: a number in a range, a time of day, one of some values, or yes and no."""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from labsrv.kit.text import cut, plain

LONGEST = 80
MOST_STEPS = 10_000
MOST_CHOICES = 60
MINUTES = 24 * 60
TIME = re.compile(r"([01]\d|2[0-3]):([0-5]\d)")


@dataclass(frozen=True)
class Slider:
    """One control. `value` is what it stands at, `of` the values of a choice.

    A time of day is text such as "17:45", or, on a `day`, a moment of RFC 3339: "2026-11-30T17:45:00Z".
    """

    kind: str  # "number", "time", "choice", "yes or no"
    value: Any
    low: float = 0
    high: float = 0
    step: float = 1
    unit: str = ""
    of: tuple[Any, ...] = ()
    day: str = ""

    def __post_init__(self) -> None:
        if self.kind in ("number", "time") and not (self.step > 0 and self.low < self.high):
            raise ValueError(f"A slider goes up: low is {self.low!r}, high {self.high!r}, and step {self.step!r}.")
        if self.kind in ("number", "time") and (self.high - self.low) / self.step > MOST_STEPS:
            raise ValueError(f"A slider has at most {MOST_STEPS:,} steps: take a larger step than {self.step!r}.")
        if len(self.of) > MOST_CHOICES:
            raise ValueError(f"A choice is among {MOST_CHOICES} values at most, not {len(self.of)}.")
        self.read(self.place_of(self.value))

    @classmethod
    def number(cls, value: float, low: float, high: float, *, step: float = 1, unit: str = "") -> "Slider":
        """Return a slider over a range of numbers, both ends included."""
        return cls("number", value, low, high, step, unit)

    @classmethod
    def time_of_day(cls, value: str, *, step: int = 1, day: str = "") -> "Slider":
        """Return a slider over a day, `step` minutes a move; with a `day`, such as "2026-11-30", over its moments."""
        given = f"{day}T{value}:00Z" if day else value
        return cls("time", given, 0, MINUTES - 1, step, "UTC" if day else "", day=day)

    @classmethod
    def choice(cls, value: Any, of: Sequence[Any]) -> "Slider":
        """Return a control that stands at one of some values."""
        return cls("choice", value, of=tuple(of))

    @classmethod
    def yes_no(cls, value: bool) -> "Slider":
        """Return a control for a fact."""
        return cls("yes or no", value)

    def place_of(self, value: Any) -> Any:
        """Return where the front end puts a value: minutes of a time, the number of a choice, all else as it is."""
        if self.kind == "choice":
            # 1 and True are equal, and still two values.
            places = [place for place, each in enumerate(self.of) if type(each) is type(value) and each == value]
            return places[0] if places else None
        if self.kind == "time":
            time = str(value).removeprefix(f"{self.day}T").removesuffix(":00Z") if self.day else value
            found = TIME.fullmatch(time) if isinstance(time, str) else None
            return int(found[1]) * 60 + int(found[2]) if found else None

        return value

    def read(self, place: Any) -> Any:
        """Return the value at a place, or raise `ValueError` with what would be one."""
        number = isinstance(place, int | float) and not isinstance(place, bool) and math.isfinite(place)
        whole = number and float(place).is_integer()
        match self.kind:
            case "number" if number and self.low <= place <= self.high:
                return place
            case "time" if whole and self.low <= place <= self.high:
                time = f"{int(place) // 60:02}:{int(place) % 60:02}"
                return f"{self.day}T{time}:00Z" if self.day else time
            case "choice" if whole and 0 <= place < len(self.of):
                return self.of[int(place)]
            case "yes or no" if isinstance(place, bool):
                return place

        raise ValueError(f"A control of kind {self.kind!r} stands at {self.wanted()}.")

    def wanted(self) -> str:
        """Return which values there are, in words."""
        words = {
            "number": f"a number from {self.low} to {self.high}",
            "time": 'a time from "00:00" to "23:59"',
            "choice": f"one of {', '.join(map(repr, self.of)) or 'no values: give some'}",
            "yes or no": "True or False",
        }
        return words.get(self.kind, "nothing: the kinds are " + ", ".join(words))

    def drawn(self, name: str, value: Any) -> dict[str, Any]:
        """Return the control as plain data for the front end."""
        return {
            "name": name,
            "label": cut(plain(name), LONGEST),
            "kind": self.kind,
            "low": self.low,
            "high": self.high,
            "step": self.step,
            "unit": cut(plain(self.unit), LONGEST),
            "of": [in_words(each) for each in self.of],
            "place": self.place_of(value),
        }


def in_words(value: Any) -> str:
    """Return a value as a short text that is harmless to look at; a missing one is said to be missing."""
    if value is None:
        return "(missing)"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return cut(plain(str(value)), LONGEST)
