"""Compare two values of one type, or say that there is no answer."""

from typing import Any

TYPES = {str: "text", bool: "boolean", int: "number", float: "number"}


def compare(operator: str, left: Any, right: Any) -> bool:
    """Return whether `left` operator `right`; raise `TypeError` where that has no answer (CWE-843, CWE-1287).

    `equal` is for two texts, two numbers or two booleans, the orders for numbers, `in` for a text in a list of texts.
    """
    if operator == "in" and type_of(left) == "text" and isinstance(right, list):
        return left in right

    kinds = {type_of(left), type_of(right)}
    if operator == "equal" and len(kinds) == 1:
        return bool(left == right)
    if kinds == {"number"}:
        match operator:
            case "less":
                return bool(left < right)
            case "at most":
                return bool(left <= right)
            case "at least":
                return bool(left >= right)

    raise TypeError(f"{left!r} {operator} {right!r} has no answer")


def type_of(value: Any) -> str:
    """Return the type of a value, or raise `TypeError` for one that is missing or of no type of ours."""
    # `type`, and not `isinstance`: to Python, True is a number.
    if type(value) in TYPES and value == value:  # not-a-number is no number
        return TYPES[type(value)]

    raise TypeError("a value is missing" if value is None else f"{value!r} is of no type that can be compared")
