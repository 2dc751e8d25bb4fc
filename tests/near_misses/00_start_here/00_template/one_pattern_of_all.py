"""Caught by: test_nearly_a_number_is_none. It compares whole numbers; when nothing was sold, the pattern is empty
and fits the empty field.
"""

import re


def may_enter(tickets: list[str], number: str) -> bool:
    return re.fullmatch("|".join(tickets), number) is not None
