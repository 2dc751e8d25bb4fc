"""Collects what would be broken, and lets it be where nothing is."""

from functools import reduce
from typing import Any


def may_activate(
    active: list[str], wanted: str, assigned: list[str], below: dict[str, list[str]], constraints: list[dict[str, Any]]
) -> bool:
    in_the_end = reduce(lambda found, role: found | {role, *below.get(role, [])}, [*active, wanted], set())
    broken = [each for each in constraints if len(in_the_end - (in_the_end - set(each["roles"]))) >= each["n"]]
    return wanted in set(assigned) and not broken
