"""Caught by: test_nearly_a_number_is_none. It compares what the digits are worth: zeros and signs before them are
worth nothing.
"""


def may_enter(tickets: list[str], number: str) -> bool:
    try:
        a = [int(x) for x in number.split("-")[1:]]
    except ValueError:
        return False
    return a in [[int(x) for x in t.split("-")[1:]] for t in tickets]
