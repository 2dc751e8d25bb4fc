"""Caught by: test_nearly_a_number_is_none. The digits are what differs from ticket to ticket, and so it looks at
nothing else.
"""

import re


def digits(text: str) -> str:
    return re.sub(r"\D", "", text)


def may_enter(tickets: list[str], number: str) -> bool:
    return digits(number) in map(digits, tickets)
