"""A table of what is registered gives back the address, or nothing."""


def redirect_uri_for(client, asked):
    return {address: address for address in client.get("redirect_uris", ())}.get(asked)
