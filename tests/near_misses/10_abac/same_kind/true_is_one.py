"""Caught by: test_two_kinds_have_no_answer. `isinstance` asks whether it is a number, and True says yes."""

from typing import Any


def compare(operator: str, left: Any, right: Any) -> bool:
    number = isinstance(left, int | float) and isinstance(right, int | float)
    if operator == "equal" and (number or (isinstance(left, str) and isinstance(right, str))):
        return left == right
    if operator == "less" and number:
        return left < right
    if operator == "at most" and number:
        return left <= right
    if operator == "at least" and number:
        return left >= right
    if operator == "in" and isinstance(left, str) and isinstance(right, list):
        return left in right

    raise TypeError(f"{left!r} {operator} {right!r} has no answer")
