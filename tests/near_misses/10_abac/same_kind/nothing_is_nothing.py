"""Caught by: test_what_is_missing_has_no_answer. What is missing on both sides is the same."""

from typing import Any


def compare(operator: str, left: Any, right: Any) -> bool:
    if operator == "in" and isinstance(left, str) and isinstance(right, list):
        return left in right
    if type(left) is type(right) and operator == "equal" and not isinstance(left, list | dict):
        return left == right
    if type(left) in (int, float) and type(right) in (int, float):
        match operator:
            case "equal":
                return left == right
            case "less":
                return left < right
            case "at most":
                return left <= right
            case "at least":
                return left >= right

    raise TypeError("no answer")
