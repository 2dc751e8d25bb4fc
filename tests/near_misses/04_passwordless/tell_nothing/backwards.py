"""Caught by: test_the_answer_holds_no_link. The token stands in the answer, the other way round."""

S = "If that address belongs to a customer, a mail is on its way."


def send_link(find, post, address):
    user = find(address)
    link = post(user) if user else ""
    return S + link[::-1]
