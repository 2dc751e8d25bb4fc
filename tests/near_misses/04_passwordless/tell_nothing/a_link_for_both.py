"""Caught by: test_the_answer_holds_no_link. Shows customers their link, and strangers one that leads nowhere."""

from collections.abc import Callable


def send_link(find: Callable[[str], str | None], post: Callable[[str], str], address: str) -> str:
    user = find(address)
    link = post(user) if user else "http://shop.localhost/magic?token=none"
    return f"Sent: {link}"
