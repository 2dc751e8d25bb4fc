"""Caught by: test_nearly_a_number_is_none. It tidies the number up first, and finds one that was sold."""

import unicodedata


def may_enter(tickets: list[str], number: str) -> bool:
    return unicodedata.normalize("NFKC", number) in tickets
