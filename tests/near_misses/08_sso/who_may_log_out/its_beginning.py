"""Caught by: test_a_token_of_another_login_logs_nobody_out. The names of a login begin alike."""

from typing import Any


def may_log_out(session: dict[str, Any], hint: dict[str, Any] | None) -> bool:
    if hint is None or hint.get("sub") != session["sub"]:
        return False

    return isinstance(hint.get("sid"), str) and session["sid"].startswith(hint["sid"])


def logout_target(client: dict[str, Any] | None, asked: str | None) -> str | None:
    if client is not None and asked in client["post_logout_redirect_uris"]:
        return asked

    return None
