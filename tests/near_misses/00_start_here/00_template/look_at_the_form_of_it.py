"""Caught by: test_an_invented_number_opens_nothing. It looks like a ticket, as a forged one would."""


def may_enter(tickets: list[str], number: str) -> bool:
    return number.startswith("TEA-")
