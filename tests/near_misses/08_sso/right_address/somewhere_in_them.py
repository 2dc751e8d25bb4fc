"""Caught by: test_it_is_registered_for_answers_by_this_client. It stands in the text of all that are registered."""

from typing import Any


def redirect_uri_for(client: dict[str, Any], asked: str | None) -> str | None:
    if asked and asked in " ".join(client["redirect_uris"]):
        return asked

    return None
