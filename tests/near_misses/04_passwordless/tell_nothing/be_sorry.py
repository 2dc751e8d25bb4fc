"""Caught by: test_strangers_read_what_customers_read. Says it more kindly, and says it."""

from collections.abc import Callable


def send_link(find: Callable[[str], str | None], post: Callable[[str], str], address: str) -> str:
    user = find(address)
    if user:
        post(user)
        return "A mail is on its way."

    return "Sorry, we could not send a mail to that address."
