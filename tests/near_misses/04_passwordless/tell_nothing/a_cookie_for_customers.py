"""Caught by: test_strangers_read_what_customers_read. The same words, and a cookie beside them."""

from flask import after_this_request

S = "If that address belongs to a customer, a mail is on its way."


def send_link(find, post, address):
    user = find(address)
    if user:
        post(user)

    @after_this_request
    def tell(r):
        if user:
            r.set_cookie("sent", "1")
        return r

    return S
