"""Caught by: test_each_character_is_the_same. It is at the application's host, whatever it is."""

from typing import Any
from urllib.parse import urlsplit


def may_log_out(session: dict[str, Any], hint: dict[str, Any] | None) -> bool:
    return hint is not None and (hint.get("sub"), hint.get("sid")) == (session["sub"], session["sid"])


def logout_target(client: dict[str, Any] | None, asked: str | None) -> str | None:
    if client is None or not asked:
        return None

    hosts = {urlsplit(each)[:2] for each in client["post_logout_redirect_uris"]}
    return asked if urlsplit(asked)[:2] in hosts else None
