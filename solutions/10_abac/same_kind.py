"""Compare two values of one kind, or say that there is no answer."""

from typing import Any


def compare(operator: str, left: Any, right: Any) -> bool:
    """Return whether `left` operator `right`; raise `TypeError` where that has no answer (CWE-843, CWE-1287).

    `equal` is for two texts, two numbers or two booleans, the orders for numbers, `in` for a text in a list of texts.
    """
    if operator == "in" and kind(left) is str and isinstance(right, list):
        return left in right

    kinds = {kind(left), kind(right)}
    if operator == "equal" and len(kinds) == 1:
        return left == right
    if kinds == {float}:
        match operator:
            case "less":
                return left < right
            case "at most":
                return left <= right
            case "at least":
                return left >= right

    raise TypeError(f"{left!r} {operator} {right!r} has no answer")


def kind(value: Any) -> type:
    """Return what kind of value it is: text, boolean or number. Raise `TypeError` for all others."""
    # Booleans before numbers: to Python, True is one.
    if isinstance(value, str):
        return str
    if isinstance(value, bool):
        return bool
    if isinstance(value, int | float):
        return float

    raise TypeError("a value is missing" if value is None else f"{value!r} is of no kind that can be compared")
