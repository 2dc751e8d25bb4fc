"""Caught by: test_a_link_logs_nobody_out. A login that no application knows of can end without more ado."""

from typing import Any


def may_log_out(session: dict[str, Any], hint: dict[str, Any] | None) -> bool:
    if hint is None:
        return not session["clients"]
    return hint.get("sub") == session["sub"] and hint.get("sid") == session["sid"]


def logout_target(client: dict[str, Any] | None, asked: str | None) -> str | None:
    if client is not None and asked in client["post_logout_redirect_uris"]:
        return asked

    return None
