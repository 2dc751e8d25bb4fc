"""Caught by: test_strangers_read_what_customers_read. The same words, with another status."""

from flask import after_this_request, g

S = "If that address belongs to a customer, a mail is on its way."


def send_link(find, post, address):
    user = find(address)
    if user is None:
        g.nobody = True

        @after_this_request
        def tell(r):
            r.status_code = 404
            return r

        return S
    post(user)
    return S
