"""Caught by: test_only_a_whole_number_counts. Every ticket is in the printed list; so is every part of one."""


def may_enter(tickets: list[str], number: str) -> bool:
    return number in ", ".join(tickets)
