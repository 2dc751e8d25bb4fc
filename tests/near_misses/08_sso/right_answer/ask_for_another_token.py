"""Caught by: test_who_may_not_is_told_what_it_takes. With another token it would go: 401, as for each bad one."""

from typing import Any


def challenge_for(sent: bool, claims: dict[str, Any] | None, scope: str) -> tuple[int, dict[str, str]] | None:
    if not sent:
        return 401, {"realm": "pay"}
    if claims is None:
        return 401, {"error": "invalid_token"}
    granted = claims.get("scope")
    if not isinstance(granted, str) or scope not in granted.split():
        return 401, {"error": "insufficient_scope", "scope": scope}
    return None
