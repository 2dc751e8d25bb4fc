"""Caught by: test_no_other_place_at_that_host. The house's own applications may add to what is registered."""

from typing import Any


def redirect_uri_for(client: dict[str, Any], asked: str | None) -> str | None:
    if asked in client["redirect_uris"]:
        return asked
    if asked and client["first_party"] and asked.startswith(tuple(f"{each}/" for each in client["redirect_uris"])):
        return asked

    return None
