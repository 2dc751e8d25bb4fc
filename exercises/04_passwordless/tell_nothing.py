"""Say the same to everybody who asks.

Somebody types an address and asks for a link. This shop is helpful: to some it says that there is no such
address, so that Mallory can try a list of addresses and knows who buys tea here. To others it shows what it sent,
a line that was left from the day when mail did not work yet; whoever reads it needs no mailbox.

Post the link to whoever has an account, and let the answer tell nothing.  (OWASP ASVS 5.0, 6.3.8; CWE-204, CWE-201)
"""

from collections.abc import Callable


def send_link(find: Callable[[str], str | None], post: Callable[[str], str], address: str) -> str:
    """Return what the person who asks will read.

    `find(address)` returns the customer's name or None; `post(name)` mails a link to the customer and returns it.
    """
    user = find(address)

    # TODO: What one reads is the same for everybody, and holds no link.
    if user is None:
        return "There is no address that matches this."

    link = post(user)
    return f"Sent: {link}"
