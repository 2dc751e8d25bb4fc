"""Caught by: test_no_other_place_at_that_host. With a slash at its end it is the same place."""

from typing import Any


def redirect_uri_for(client: dict[str, Any], asked: str | None) -> str | None:
    if asked and asked.rstrip("/") in [each.rstrip("/") for each in client["redirect_uris"]]:
        return asked

    return None
