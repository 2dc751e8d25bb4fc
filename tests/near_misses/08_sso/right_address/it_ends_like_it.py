"""Caught by: test_no_other_host_gets_the_code. Hosts below the shop's are the shop's, and nobody else has one."""

from typing import Any
from urllib.parse import urlsplit


def redirect_uri_for(client: dict[str, Any], asked: str | None) -> str | None:
    there = urlsplit(asked or "")
    for each in client["redirect_uris"]:
        known = urlsplit(each)
        below = there.netloc == known.netloc or there.netloc.endswith(f".{known.netloc}")
        if below and there._replace(netloc="") == known._replace(netloc=""):
            return asked

    return None
