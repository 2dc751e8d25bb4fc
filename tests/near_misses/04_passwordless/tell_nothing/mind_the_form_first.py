"""Caught by: test_strangers_read_what_customers_read. Tells those who typed no address; their answer is not the
customers'."""

from collections.abc import Callable


def send_link(find: Callable[[str], str | None], post: Callable[[str], str], address: str) -> str:
    user = find(address)
    if user is None and "@" not in address:
        return "That is not an address."

    if user:
        post(user)
    return "If that address belongs to a customer, a mail is on its way."
