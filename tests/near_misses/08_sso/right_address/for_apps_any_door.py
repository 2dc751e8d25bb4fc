"""Caught by: test_no_other_door_of_that_host. What has no secret is an app, and apps have schemes of their own."""

from typing import Any


def redirect_uri_for(client: dict[str, Any], asked: str | None) -> str | None:
    known = {each: each for each in client["redirect_uris"]}
    if client["token_endpoint_auth_method"] == "none":
        known |= {each.partition(":")[2]: each for each in known}
        return asked if asked and (asked in known or asked.partition(":")[2] in known) else None

    return known.get(asked or "")
