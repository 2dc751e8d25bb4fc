"""Caught by: test_somebody_elses_token_logs_nobody_out. Both are among what the token says."""

from typing import Any


def may_log_out(session: dict[str, Any], hint: dict[str, Any] | None) -> bool:
    return hint is not None and {session["sub"], session["sid"]} <= set(map(str, hint.values()))


def logout_target(client: dict[str, Any] | None, asked: str | None) -> str | None:
    if client is not None and asked in client["post_logout_redirect_uris"]:
        return asked

    return None
