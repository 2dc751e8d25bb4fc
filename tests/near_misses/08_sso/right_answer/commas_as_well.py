"""Caught by: test_a_scope_is_a_whole_word. Some providers put commas between them."""

from typing import Any


def challenge_for(sent: bool, claims: dict[str, Any] | None, scope: str) -> tuple[int, dict[str, str]] | None:
    if not sent:
        return 401, {"realm": "pay"}
    if claims is None:
        return 401, {"error": "invalid_token"}
    granted = claims.get("scope")
    if not isinstance(granted, str) or scope not in granted.replace(",", " ").split():
        return 403, {"error": "insufficient_scope", "scope": scope}
    return None
