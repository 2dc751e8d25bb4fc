"""Caught by: test_each_character_is_the_same. Capital letters are no matter in a host, and hardly in a path."""

from typing import Any


def redirect_uri_for(client: dict[str, Any], asked: str | None) -> str | None:
    if asked and asked.lower() in [each.lower() for each in client["redirect_uris"]]:
        return asked

    return None
