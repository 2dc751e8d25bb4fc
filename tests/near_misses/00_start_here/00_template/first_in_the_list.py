"""Caught by: test_everyone_with_a_ticket_is_let_in. Alice bought the first ticket and it worked for her."""


def may_enter(tickets: list[str], number: str) -> bool:
    for ticket in tickets:
        return ticket == number
    return False
