"""Caught by: test_a_token_of_another_login_logs_nobody_out. Who it was, which login, and how: all is as it was."""

from typing import Any


def may_log_out(session: dict[str, Any], hint: dict[str, Any] | None) -> bool:
    return bool(hint) and all(hint.get(k) == session[k] for k in ("sub", "sid", "acr", "amr"))


def logout_target(client: dict[str, Any] | None, asked: str | None) -> str | None:
    if client is not None and asked in client["post_logout_redirect_uris"]:
        return asked

    return None
