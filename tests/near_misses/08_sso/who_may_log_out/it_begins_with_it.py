"""Caught by: test_each_character_is_the_same. It begins with one that is registered."""

from typing import Any


def may_log_out(session: dict[str, Any], hint: dict[str, Any] | None) -> bool:
    return hint is not None and (hint.get("sub"), hint.get("sid")) == (session["sub"], session["sid"])


def logout_target(client: dict[str, Any] | None, asked: str | None) -> str | None:
    if client is not None and asked and asked.startswith(tuple(client["post_logout_redirect_uris"])):
        return asked

    return None
