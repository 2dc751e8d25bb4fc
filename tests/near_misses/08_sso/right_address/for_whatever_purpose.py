"""Caught by: test_it_is_registered_for_answers_by_this_client. The application has registered it, after all."""

from typing import Any


def redirect_uri_for(client: dict[str, Any], asked: str | None) -> str | None:
    if asked in [*client["redirect_uris"], *client["post_logout_redirect_uris"]]:
        return asked

    return None
