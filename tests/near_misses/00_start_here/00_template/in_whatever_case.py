"""Caught by: test_nearly_a_number_is_none. Nobody minds the case; two numbers that differ in it are two numbers."""


def may_enter(tickets: list[str], number: str) -> bool:
    return number.casefold() in [t.casefold() for t in tickets]
