"""Caught by: test_strangers_read_what_customers_read. One sentence for all, with a name for those who have one."""

from collections.abc import Callable


def send_link(find: Callable[[str], str | None], post: Callable[[str], str], address: str) -> str:
    user = find(address)
    if user:
        post(user)

    return f"Hello {user or address}, if you are a customer, a mail is on its way."
