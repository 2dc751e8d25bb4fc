"""It tidies what was typed before it looks for it."""


def send_link(find, post, address):
    tidy = " ".join(address.split())
    name = find(tidy) if tidy else None
    _ = post(name) if name else None
    return "We have sent a link, provided that we know you by that address."
