"""Caught by: test_who_sends_a_bad_one_is_told_that_it_is_bad. A token that is no good is no permission: 403."""

from typing import Any


def challenge_for(sent: bool, claims: dict[str, Any] | None, scope: str) -> tuple[int, dict[str, str]] | None:
    if not sent:
        return 401, {"realm": "pay"}
    if claims is None:
        return 403, {"error": "invalid_token"}
    granted = claims.get("scope")
    if not isinstance(granted, str) or scope not in granted.split():
        return 403, {"error": "insufficient_scope", "scope": scope}
    return None
