"""Caught by: test_each_character_is_the_same. What is behind the question mark is for the application."""

from typing import Any


def may_log_out(session: dict[str, Any], hint: dict[str, Any] | None) -> bool:
    return hint is not None and (hint.get("sub"), hint.get("sid")) == (session["sub"], session["sid"])


def logout_target(client: dict[str, Any] | None, asked: str | None) -> str | None:
    if client is None or asked is None:
        return None

    known = client["post_logout_redirect_uris"]
    return asked if asked in known or asked.split("?")[0] in known else None
