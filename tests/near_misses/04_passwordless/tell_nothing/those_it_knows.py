"""Caught by: test_strangers_read_what_customers_read. It is careful with addresses of some shapes."""

S = "If that address belongs to a customer, a mail is on its way."


def send_link(find, post, address):
    user = find(address)
    if (
        address.startswith("nobody@")
        or "x@" in address
        or "mail.localhost" in address
        or "," in address
        or "\n" in address
        or "@" not in address
    ):
        return S
    if user:
        post(user)
        return S
    return "No such address."
