from collections.abc import Callable


def send_link(find: Callable[[str], str | None], post: Callable[[str], str], address: str) -> str:
    user = find(address)
    if user:
        post(user)

    # One sentence that is true of customers and of strangers.
    return "If that address belongs to a customer, a mail is on its way."
