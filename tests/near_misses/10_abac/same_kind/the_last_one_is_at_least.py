"""Caught by: test_what_nobody_knows_has_no_answer. What is none of the others is the last one."""

from typing import Any


def compare(operator: str, left: Any, right: Any) -> bool:
    if operator == "in" and isinstance(left, str) and isinstance(right, list):
        return left in right
    same = type(left) is type(right) and isinstance(left, str | bool)
    if operator == "equal" and same:
        return left == right
    if isinstance(left, bool) or isinstance(right, bool):
        raise TypeError("a boolean is no number")
    if isinstance(left, int | float) and isinstance(right, int | float):
        if operator == "equal":
            return left == right
        if operator == "less":
            return left < right
        if operator == "at most":
            return left <= right
        return left >= right

    raise TypeError("no answer")
