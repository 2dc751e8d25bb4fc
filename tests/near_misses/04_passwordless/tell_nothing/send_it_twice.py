"""Caught by: test_the_link_lets_alice_in. Posts once to know that it works and once for the customer."""

from collections.abc import Callable


def send_link(find: Callable[[str], str | None], post: Callable[[str], str], address: str) -> str:
    user = find(address)
    if user and post(user):
        post(user)

    return "If that address belongs to a customer, a mail is on its way."
