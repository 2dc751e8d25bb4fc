"""Everything that has no answer is refused before anything is compared; the rest is put together from `less`."""

from numbers import Real
from typing import Any


class NoAnswer(ValueError):
    pass


def compare(operator: str, left: Any, right: Any) -> bool:
    refuse(operator, left, right)

    if operator == "in":
        return any(left == each for each in right if isinstance(each, str))
    if operator == "equal":
        return bool(left == right)
    less, more = left < right, left > right
    return {"less": less, "at most": not more, "at least": not less}[operator]


def refuse(operator: str, left: Any, right: Any) -> None:
    if left is None or right is None:
        raise NoAnswer("missing")
    numbers = all(isinstance(each, Real) and not isinstance(each, bool) for each in (left, right))
    texts = isinstance(left, str) and isinstance(right, str)
    booleans = left in (True, False) and isinstance(left, bool) and isinstance(right, bool)
    fits = {
        "equal": numbers or texts or booleans,
        "less": numbers,
        "at most": numbers,
        "at least": numbers,
        "in": isinstance(left, str) and isinstance(right, list),
    }
    if not fits.get(operator, False):
        raise NoAnswer(f"{left!r} {operator} {right!r}")
