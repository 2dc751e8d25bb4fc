"""Caught by: test_the_answer_holds_no_link. The link stands in the answer, in another spelling."""

import base64

S = "If that address belongs to a customer, a mail is on its way."


def send_link(find, post, address):
    user = find(address)
    link = post(user) if user else "http://shop/magic?token=no"
    return S + base64.b64encode(link.encode()).decode()
