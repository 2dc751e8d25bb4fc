"""Caught by: test_two_kinds_have_no_answer. What looks like a number is made one."""

from typing import Any


def compare(operator: str, left: Any, right: Any) -> bool:
    if left is None or right is None:
        raise TypeError("a value is missing")
    if operator == "in" and isinstance(left, str) and isinstance(right, list):
        return left in right
    if isinstance(left, bool) or isinstance(right, bool):
        if operator == "equal" and isinstance(left, bool) and isinstance(right, bool):
            return left == right
        raise TypeError("no answer")
    if operator == "equal" and isinstance(left, str) and isinstance(right, str):
        return left == right
    if isinstance(left, str) and isinstance(right, str):
        raise TypeError("texts have no order")

    one, other = float(left), float(right)
    answers = {"equal": one == other, "less": one < other, "at most": one <= other, "at least": one >= other}
    if operator in answers:
        return answers[operator]
    raise TypeError(f"there is no {operator}")
