"""Caught by: test_no_other_door_of_that_host. Host, path and query are compared: what else is there?"""

from typing import Any
from urllib.parse import urlsplit


def redirect_uri_for(client: dict[str, Any], asked: str | None) -> str | None:
    there = urlsplit(asked or "")
    for each in client["redirect_uris"]:
        known = urlsplit(each)
        if (known.hostname, known.path, known.query) == (there.hostname, there.path, there.query):
            return asked if "#" not in (asked or "") else None

    return None
