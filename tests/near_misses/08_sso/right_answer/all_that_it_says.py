"""Caught by: test_no_scope_is_no_permission. Other providers say `scp`."""

from typing import Any


def challenge_for(sent: bool, claims: dict[str, Any] | None, scope: str) -> tuple[int, dict[str, str]] | None:
    if not sent:
        return 401, {"realm": "pay"}
    if claims is None:
        return 401, {"error": "invalid_token"}
    granted = claims.get("scope") or claims.get("scp")
    if not isinstance(granted, str) or scope not in granted.split():
        return 403, {"error": "insufficient_scope", "scope": scope}
    return None
