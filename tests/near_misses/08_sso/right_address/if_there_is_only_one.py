"""Caught by: test_without_one_nobody_is_redirected. RFC 6749 lets an application leave out what is clear anyway."""

from typing import Any


def redirect_uri_for(client: dict[str, Any], asked: str | None) -> str | None:
    if asked is None and len(client["redirect_uris"]) == 1:
        return client["redirect_uris"][0]

    return asked if asked in client["redirect_uris"] else None
