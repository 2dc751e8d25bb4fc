"""Caught by: test_somebody_elses_token_logs_nobody_out. The login or the user: either of them tells who it is."""

from typing import Any


def may_log_out(session: dict[str, Any], hint: dict[str, Any] | None) -> bool:
    return hint is not None and (hint.get("sub") == session["sub"] or hint.get("sid") == session["sid"])


def logout_target(client: dict[str, Any] | None, asked: str | None) -> str | None:
    if client is not None and asked in client["post_logout_redirect_uris"]:
        return asked

    return None
