"""Caught by: test_each_character_is_the_same. A blank at an end was nobody's wish, and is taken off."""

from typing import Any


def redirect_uri_for(client: dict[str, Any], asked: str | None) -> str | None:
    tidy = (asked or "").strip()
    return tidy if tidy in client["redirect_uris"] else None
