"""Caught by: test_without_one_nobody_is_redirected. Whoever brings a wrong address is sent to the right one."""

from typing import Any


def redirect_uri_for(client: dict[str, Any], asked: str | None) -> str | None:
    if asked in client["redirect_uris"]:
        return asked

    known = client["redirect_uris"]
    return known[0] if known else None
