"""Caught by: test_no_scope_is_no_permission. Each token has a scope."""

from typing import Any


def challenge_for(sent: bool, claims: dict[str, Any] | None, scope: str) -> tuple[int, dict[str, str]] | None:
    if not sent:
        return 401, {"realm": "pay"}
    if claims is None:
        return 401, {"error": "invalid_token"}
    if scope not in claims["scope"].split():
        return 403, {"error": "insufficient_scope", "scope": scope}
    return None
