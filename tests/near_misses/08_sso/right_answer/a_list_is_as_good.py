"""Caught by: test_no_scope_is_no_permission. Some providers give a list."""

from typing import Any


def challenge_for(sent: bool, claims: dict[str, Any] | None, scope: str) -> tuple[int, dict[str, str]] | None:
    if not sent:
        return 401, {"realm": "pay"}
    if claims is None:
        return 401, {"error": "invalid_token"}
    granted = claims.get("scope") or ""
    words = granted.split() if isinstance(granted, str) else granted
    if not isinstance(words, list) or scope not in words:
        return 403, {"error": "insufficient_scope", "scope": scope}
    return None
