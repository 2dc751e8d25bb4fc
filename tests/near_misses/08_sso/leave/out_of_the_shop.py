"""Caught by: test_the_login_at_the_provider_ends. The shop is left; what others know is theirs."""

from typing import Any

from labsrv.kit.store import Collection


def leave(sessions: Collection, session: dict[str, Any], way: dict[str, str | None]) -> str:
    sessions.delete_one({"_id": session["_id"]})
    return str(way["back_to"])
