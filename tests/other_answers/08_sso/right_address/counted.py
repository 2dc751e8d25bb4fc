"""The list is asked for the place of the address, and raises where it has none; parts are never made of either."""


def redirect_uri_for(client, asked):
    if not isinstance(asked, str) or not asked.startswith(("http://", "https://")) or "#" in asked:
        return None
    try:
        return client["redirect_uris"][client["redirect_uris"].index(asked)]
    except ValueError:
        return None
