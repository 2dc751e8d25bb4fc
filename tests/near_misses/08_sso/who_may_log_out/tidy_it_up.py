"""Caught by: test_without_one_nobody_is_redirected. What is too much at an end is taken off."""

from typing import Any


def may_log_out(session: dict[str, Any], hint: dict[str, Any] | None) -> bool:
    return hint is not None and (hint.get("sub"), hint.get("sid")) == (session["sub"], session["sid"])


def logout_target(client: dict[str, Any] | None, asked: str | None) -> str | None:
    tidy = (asked or "").strip(" /")
    if client is not None and tidy in client["post_logout_redirect_uris"]:
        return tidy

    return None
