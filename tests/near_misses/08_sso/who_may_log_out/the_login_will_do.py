"""Caught by: test_somebody_elses_token_logs_nobody_out. A login has one name, so nobody else has one of that name."""

from typing import Any


def may_log_out(session: dict[str, Any], hint: dict[str, Any] | None) -> bool:
    return hint is not None and hint.get("sid") == session["sid"]


def logout_target(client: dict[str, Any] | None, asked: str | None) -> str | None:
    if client is not None and asked in client["post_logout_redirect_uris"]:
        return asked

    return None
