"""Caught by: test_what_nobody_knows_has_no_answer. Blanks and capitals are nobody's intention."""

from typing import Any

NUMBERS = (int, float)


def compare(operator: str, left: Any, right: Any) -> bool:
    if operator == "in" and type(left) is str and type(right) is list:
        return left in right
    if operator == "equal" and type(left) is str and type(right) is str:
        return left.strip().casefold() == right.strip().casefold()
    if operator == "equal" and type(left) is bool and type(right) is bool:
        return left is right
    if type(left) in NUMBERS and type(right) in NUMBERS:
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
