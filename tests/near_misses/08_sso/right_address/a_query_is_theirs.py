"""Caught by: test_no_other_place_at_that_host. The application puts what it likes behind the question mark."""

from typing import Any


def redirect_uri_for(client: dict[str, Any], asked: str | None) -> str | None:
    if asked in client["redirect_uris"] or (asked or "").partition("?")[0] in client["redirect_uris"]:
        return asked

    return None
