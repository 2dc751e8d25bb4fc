"""Caught by: test_what_is_missing_has_no_answer. A value that is missing is equal to nothing, and that is a no."""

from typing import Any


def compare(operator: str, left: Any, right: Any) -> bool:
    if left is None or right is None:
        return False
    if operator == "in" and isinstance(left, str) and isinstance(right, list):
        return left in right
    kinds = {type(left), type(right)}
    if operator == "equal" and (kinds in ({str}, {bool}) or kinds <= {int, float}):
        return left == right
    if kinds <= {int, float}:
        match operator:
            case "less":
                return left < right
            case "at most":
                return left <= right
            case "at least":
                return left >= right

    raise TypeError("no answer")
