"""The times in a token's claims, in seconds since the epoch (RFC 7519, 2: NumericDate)."""

from dataclasses import dataclass
from typing import Any

TIMES = ("exp", "nbf", "iat")
# Seconds from the epoch to the end of every calendar: what is beyond is as good as never.
NEVER = 1e15
# Numbers that are taken for milliseconds: 2001 to 2128, which as seconds is the year 33658 and later. What is before
# that may be meant: 253402300799 is the last second of the year 9999.
MILLISECONDS = (1e12, 5e12)


@dataclass(frozen=True)
class Times:
    """When a token begins (`nbf`), ends (`exp`) and was made (`iat`); None where it does not say. `faults` say more."""

    exp: float | None = None
    nbf: float | None = None
    iat: float | None = None
    faults: tuple[str, ...] = ()


def times_of(claims: dict[str, Any]) -> Times:
    """Return the times in some claims; what is no number is a fault, and no time."""
    given = {name: number(claims[name]) for name in TIMES if name in claims}
    wrong = [f"{name} is no number of seconds" for name, value in given.items() if value is None]
    wrong += [f"{name} looks like milliseconds" for name, value in given.items() if value and in_milliseconds(value)]
    return Times(**given, faults=tuple(wrong))


def in_milliseconds(value: float) -> bool:
    """Return whether a time is so far away that it was meant in milliseconds: JavaScript's Date.now() counts them."""
    return MILLISECONDS[0] <= value < MILLISECONDS[1]


def number(value: Any) -> float | None:
    """Return a JSON number, at most so large that it can still be reckoned with; None for anything else."""
    if isinstance(value, bool) or not isinstance(value, int | float) or value != value:
        return None

    return float(max(-NEVER, min(NEVER, value)))


def duration(seconds: float) -> str:
    """Return a time in words, in its two largest units: "14 min 3 s"."""
    left = int(abs(seconds))
    parts: list[tuple[int, str]] = []
    for size, unit in ((86400, "d"), (3600, "h"), (60, "min"), (1, "s")):
        many, left = divmod(left, size)
        if many or parts:
            parts.append((many, unit))

    return " ".join(f"{many:,} {unit}" for many, unit in parts[:2] if many) or "0 s"
