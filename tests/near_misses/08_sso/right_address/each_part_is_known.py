"""Caught by: test_no_other_place_at_that_host. Origin and path are each one that is registered."""

from typing import Any
from urllib.parse import urlsplit


def redirect_uri_for(client: dict[str, Any], asked: str | None) -> str | None:
    known = [urlsplit(each) for each in client["redirect_uris"]]
    there = urlsplit(asked or "")
    for part in range(5):
        if there[part] not in [each[part] for each in known]:
            return None

    return asked
