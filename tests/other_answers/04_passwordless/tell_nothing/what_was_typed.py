"""It says what was typed, and nothing else that was not known before."""


def send_link(find, post, address):
    customer = find(address)
    if customer is not None:
        post(customer)
    return f"If {address} is a customer's address, a mail is on its way there."
