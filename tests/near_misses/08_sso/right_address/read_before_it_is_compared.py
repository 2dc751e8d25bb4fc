"""Caught by: test_each_character_is_the_same. What is encoded in another way is the same address when it is read."""

from typing import Any
from urllib.parse import unquote


def redirect_uri_for(client: dict[str, Any], asked: str | None) -> str | None:
    if asked and unquote(asked) in map(unquote, client["redirect_uris"]):
        return asked

    return None
