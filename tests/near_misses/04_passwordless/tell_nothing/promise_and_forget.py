"""Caught by: test_the_link_lets_alice_in. Tells nothing to anybody, and sends nothing either."""

from collections.abc import Callable


def send_link(find: Callable[[str], str | None], post: Callable[[str], str], address: str) -> str:
    find(address)
    return "If that address belongs to a customer, a mail is on its way."
