"""Caught by: test_numbers_are_compared_as_numbers. Both are made whole, so that they are of one kind."""

from typing import Any


def compare(operator: str, left: Any, right: Any) -> bool:
    if operator == "in" and type(left) is str and type(right) is list:
        return left in right
    if operator == "equal" and type(left) is type(right) and type(left) in (str, bool):
        return left == right
    if type(left) in (int, float) and type(right) in (int, float):
        one, other = int(left), int(right)
        answers = {"equal": one == other, "less": one < other, "at most": one <= other, "at least": one >= other}
        if operator in answers:
            return answers[operator]

    raise TypeError("no answer")
