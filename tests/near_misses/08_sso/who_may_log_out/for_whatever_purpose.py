"""Caught by: test_it_is_registered_for_this_by_this_client. Where it is answered it can be come back to."""

from typing import Any


def may_log_out(session: dict[str, Any], hint: dict[str, Any] | None) -> bool:
    return hint is not None and (hint.get("sub"), hint.get("sid")) == (session["sub"], session["sid"])


def logout_target(client: dict[str, Any] | None, asked: str | None) -> str | None:
    if client is not None and asked in [*client["post_logout_redirect_uris"], *client["redirect_uris"]]:
        return asked

    return None
