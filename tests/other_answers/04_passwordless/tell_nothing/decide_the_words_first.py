"""The words come first, and the post is a matter of course."""

from collections.abc import Callable

SAID = "Thank you. Look into your mailbox: customers find a link there."


def send_link(find: Callable[[str], str | None], post: Callable[[str], str], address: str) -> str:
    try:
        return SAID
    finally:
        for name in filter(None, [find(address)]):
            post(name)
