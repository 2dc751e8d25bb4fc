"""Caught by: test_strangers_read_what_customers_read. The first time it tells nothing; the second time customers read
something else.
"""

SEEN = set()
S = "If that address belongs to a customer, a mail is on its way."


def send_link(find, post, address):
    user = find(address)
    if user:
        post(user)
        if address in SEEN:
            return "A mail was sent already."
        SEEN.add(address)
    return S
