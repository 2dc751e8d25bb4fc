"""Say the same to everybody who asks for a link."""

from collections.abc import Callable

SENT = "If that address belongs to a customer, a mail is on its way."


def send_link(find: Callable[[str], str | None], post: Callable[[str], str], address: str) -> str:
    """Post a link to the customer with this address, if there is one, and return what the asker reads (ASVS 6.3.8)."""
    user = find(address)
    if user:
        post(user)

    return SENT
