"""Caught by: test_in_looks_for_a_whole_element. Python's `in` knows texts as well."""

from typing import Any

NUMBER = (int, float)


def compare(operator: str, left: Any, right: Any) -> bool:
    if operator == "in" and type(left) is str and type(right) in (str, list):
        return left in right
    if operator == "equal" and type(left) is type(right) and type(left) in (str, bool):
        return left == right
    if type(left) in NUMBER and type(right) in NUMBER and operator in ("equal", "less", "at most", "at least"):
        return {
            "equal": left == right,
            "less": left < right,
            "at most": left <= right,
            "at least": left >= right,
        }[operator]

    raise TypeError("no answer")
