"""Caught by: test_who_leaves_an_application_is_out. An ID token whose time is over is worth nothing."""

import time
from typing import Any


def may_log_out(session: dict[str, Any], hint: dict[str, Any] | None) -> bool:
    if hint is None or hint["exp"] < time.time():
        return False

    return (hint.get("sub"), hint.get("sid")) == (session["sub"], session["sid"])


def logout_target(client: dict[str, Any] | None, asked: str | None) -> str | None:
    if client is not None and asked in client["post_logout_redirect_uris"]:
        return asked

    return None
