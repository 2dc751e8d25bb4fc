"""Caught by: test_orders_are_for_numbers. Both are of one kind, and Python has an answer."""

from typing import Any


def compare(operator: str, left: Any, right: Any) -> bool:
    numbers = type(left) in (int, float) and type(right) in (int, float)
    if operator == "in" and type(left) is str and type(right) is list:
        return left in right
    if numbers or (type(left) is type(right) and type(left) in (str, bool)):
        if operator == "equal":
            return left == right
        if operator == "less" and type(left) is not str:
            return left < right
        if operator == "at most" and type(left) is not str:
            return left <= right
        if operator == "at least" and type(left) is not str:
            return left >= right

    raise TypeError(f"{left!r} {operator} {right!r} has no answer")
