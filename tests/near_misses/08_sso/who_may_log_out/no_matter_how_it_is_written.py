"""Caught by: test_a_token_of_another_login_logs_nobody_out. Capital letters make no other login."""

from typing import Any


def may_log_out(session: dict[str, Any], hint: dict[str, Any] | None) -> bool:
    if hint is None:
        return False

    return all(str(hint.get(name)).lower() == session[name].lower() for name in ("sub", "sid"))


def logout_target(client: dict[str, Any] | None, asked: str | None) -> str | None:
    if client is not None and asked in client["post_logout_redirect_uris"]:
        return asked

    return None
