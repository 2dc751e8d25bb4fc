"""Caught by: test_only_a_whole_number_counts. Real tickets match; so does whatever comes in place of the rest."""


def may_enter(tickets: list[str], number: str) -> bool:
    return any(number.startswith(ticket[:8]) for ticket in tickets)
