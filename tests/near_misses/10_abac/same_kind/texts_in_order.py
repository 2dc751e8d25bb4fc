"""Caught by: test_orders_are_for_numbers. Texts stand in an order as well, as in a dictionary."""

import operator as op
from typing import Any

ORDERS = {"equal": op.eq, "less": op.lt, "at most": op.le, "at least": op.ge}


def kind(value: Any) -> str:
    if isinstance(value, bool):
        return "boolean"
    return "number" if isinstance(value, int | float) else "text" if isinstance(value, str) else "other"


def compare(operator: str, left: Any, right: Any) -> bool:
    if operator == "in" and kind(left) == "text" and isinstance(right, list):
        return left in right
    if kind(left) == kind(right) != "other" and (kind(left) != "boolean" or operator == "equal"):
        return ORDERS[operator](left, right)

    raise TypeError("no answer")
