"""Caught by: test_a_token_of_another_login_logs_nobody_out. Older ID tokens do not say which login they are of."""

from typing import Any


def may_log_out(session: dict[str, Any], hint: dict[str, Any] | None) -> bool:
    if hint is None:
        return False

    return all(hint.get(name, session[name]) == session[name] for name in ("sub", "sid"))


def logout_target(client: dict[str, Any] | None, asked: str | None) -> str | None:
    if client is not None and asked in client["post_logout_redirect_uris"]:
        return asked

    return None
