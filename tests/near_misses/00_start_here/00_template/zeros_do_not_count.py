"""Caught by: test_nearly_a_number_is_none. Zeros before a number look as if they could not matter."""


def may_enter(tickets: list[str], number: str) -> bool:
    return number.lstrip("0") in [ticket.lstrip("0") for ticket in tickets]
