"""Caught by: test_no_other_place_at_that_host. Whatever is at the shop's origin is the shop's."""

from typing import Any
from urllib.parse import urlsplit


def redirect_uri_for(client: dict[str, Any], asked: str | None) -> str | None:
    origins = {urlsplit(each)[:2] for each in client["redirect_uris"]}
    return asked if asked and urlsplit(asked)[:2] in origins else None
