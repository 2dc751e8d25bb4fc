"""Caught by: test_who_may_not_is_told_what_it_takes. The error says that a scope is missing."""

from typing import Any


def challenge_for(sent: bool, claims: dict[str, Any] | None, scope: str) -> tuple[int, dict[str, str]] | None:
    if not sent:
        return 401, {"realm": "pay"}
    if claims is None:
        return 401, {"error": "invalid_token"}
    granted = claims.get("scope")
    if not isinstance(granted, str) or scope not in granted.split():
        return 403, {"error": "insufficient_scope"}
    return None
