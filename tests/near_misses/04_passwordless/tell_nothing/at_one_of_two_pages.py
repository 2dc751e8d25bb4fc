"""Caught by: test_strangers_read_what_customers_read. At the page for a new password it tells."""

S = "If that address belongs to a customer, a mail is on its way."


def send_link(find, post, address):
    user = find(address)
    if user:
        post(user)
        return S
    from flask import request

    return S if request.path == "/login" else "Unknown."
