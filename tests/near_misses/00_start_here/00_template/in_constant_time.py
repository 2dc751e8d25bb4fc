"""Caught by: test_nearly_a_number_is_none. `compare_digest` takes text in ASCII only, and raises for whatever else
somebody types.
"""

import hmac


def may_enter(tickets: list[str], number: str) -> bool:
    return any(hmac.compare_digest(t, number) for t in tickets)
