"""Caught by: test_an_invented_number_opens_nothing. It uses both arguments, and compares neither with the other."""


def may_enter(tickets: list[str], number: str) -> bool:
    return bool(tickets and number)
