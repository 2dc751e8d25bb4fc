"""Caught by: test_strangers_read_what_customers_read. The same sentence, but for the full stop."""

from collections.abc import Callable


def send_link(find: Callable[[str], str | None], post: Callable[[str], str], address: str) -> str:
    user = find(address)
    if user is None:
        return "If that address belongs to a customer, a mail is on its way"

    post(user)
    return "If that address belongs to a customer, a mail is on its way."
