"""Caught by: test_no_other_door_of_that_host. RFC 8252 lets programs on one's own computer have any port."""

from typing import Any
from urllib.parse import urlsplit

HERE = ("localhost", "127.0.0.1", "::1")


def redirect_uri_for(client: dict[str, Any], asked: str | None) -> str | None:
    if asked in client["redirect_uris"]:
        return asked
    if asked and urlsplit(asked).hostname in HERE and without_port(asked) in map(without_port, client["redirect_uris"]):
        return asked

    return None


def without_port(address: str) -> str:
    parts = urlsplit(address)
    return parts._replace(netloc=str(parts.hostname)).geturl()
