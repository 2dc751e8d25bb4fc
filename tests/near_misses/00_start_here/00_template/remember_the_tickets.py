"""Caught by: test_a_ticket_given_back_opens_nothing. It compares whole numbers, with a list that only grows."""

SOLD: set[str] = set()


def may_enter(tickets: list[str], number: str) -> bool:
    SOLD.update(tickets)
    return number in SOLD
