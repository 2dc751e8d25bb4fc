"""Caught by: test_each_character_is_the_same. An é is an é, in whichever of the two ways it is written."""

from typing import Any
from unicodedata import normalize


def redirect_uri_for(client: dict[str, Any], asked: str | None) -> str | None:
    known = {normalize("NFC", each) for each in client["redirect_uris"]}
    return asked if normalize("NFC", asked or "") in known else None
