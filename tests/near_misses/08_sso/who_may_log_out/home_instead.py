"""Caught by: test_without_one_nobody_is_redirected. Whoever asks for a wrong address is sent to the right one."""

from typing import Any


def may_log_out(session: dict[str, Any], hint: dict[str, Any] | None) -> bool:
    return hint is not None and (hint.get("sub"), hint.get("sid")) == (session["sub"], session["sid"])


def logout_target(client: dict[str, Any] | None, asked: str | None) -> str | None:
    if client is None or not client["post_logout_redirect_uris"]:
        return None

    known = client["post_logout_redirect_uris"]
    return asked if asked in known else known[0]
