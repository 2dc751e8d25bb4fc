"""Compares with each of the tickets in constant time, and takes bytes for whatever is typed."""

import hmac


def may_enter(tickets: list[str], number: str) -> bool:
    found = False
    for ticket in tickets:
        found |= hmac.compare_digest(ticket.encode(), number.encode())
    return found
