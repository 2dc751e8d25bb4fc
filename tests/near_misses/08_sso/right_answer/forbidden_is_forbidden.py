"""Caught by: test_who_sends_nothing_is_told_what_to_send. Who has no token may not: 403."""

from typing import Any


def challenge_for(sent: bool, claims: dict[str, Any] | None, scope: str) -> tuple[int, dict[str, str]] | None:
    if not sent:
        return 403, {"error": "insufficient_scope", "scope": scope}
    if claims is None:
        return 401, {"error": "invalid_token"}
    granted = claims.get("scope")
    if not isinstance(granted, str) or scope not in granted.split():
        return 403, {"error": "insufficient_scope", "scope": scope}
    return None
