"""Caught by: test_no_other_place_at_that_host. It begins with one that is registered, in every character."""

from typing import Any


def redirect_uri_for(client: dict[str, Any], asked: str | None) -> str | None:
    if asked and asked.startswith(tuple(client["redirect_uris"])):
        return asked

    return None
