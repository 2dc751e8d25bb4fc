"""Refuses what is held already, and asks whether any constraint is met in full."""

from typing import Any


def may_assign(held: list[str], new: str, below: dict[str, list[str]], constraints: list[dict[str, Any]]) -> bool:
    if new not in below or new in held:
        return False

    has: set[str] = set(held)
    for each in [*held, new]:
        has |= set(below.get(each, []))
    broken = [each for each in constraints if len([role for role in each["roles"] if role in has]) > each["n"] - 1]
    return not broken
