"""Caught by: test_nearly_a_number_is_none. People copy a blank along; so the number that was compared is not the one
that was shown.
"""


def may_enter(tickets: list[str], number: str) -> bool:
    return number.strip() in tickets
