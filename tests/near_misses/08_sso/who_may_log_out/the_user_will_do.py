"""Caught by: test_a_token_of_another_login_logs_nobody_out. It is about Alice, and Alice it is."""

from typing import Any


def may_log_out(session: dict[str, Any], hint: dict[str, Any] | None) -> bool:
    return hint is not None and hint.get("sub") == session["sub"]


def logout_target(client: dict[str, Any] | None, asked: str | None) -> str | None:
    if client is not None and asked in client["post_logout_redirect_uris"]:
        return asked

    return None
