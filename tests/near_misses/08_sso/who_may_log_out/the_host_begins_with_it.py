"""Caught by: test_nobody_is_sent_to_another_host. It begins and ends as it should."""

from typing import Any


def may_log_out(session: dict[str, Any], hint: dict[str, Any] | None) -> bool:
    return hint is not None and (hint.get("sub"), hint.get("sid")) == (session["sub"], session["sid"])


def logout_target(client: dict[str, Any] | None, asked: str | None) -> str | None:
    if client is None or not asked:
        return None
    for each in client["post_logout_redirect_uris"]:
        origin = "/".join(each.split("/")[:3])
        if asked.startswith(origin) and asked.endswith(each.removeprefix(origin)):
            return asked

    return None
