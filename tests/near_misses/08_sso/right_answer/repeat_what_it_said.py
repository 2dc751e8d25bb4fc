"""Caught by: test_its_words_can_stand_in_a_header. The description says what the token had."""

from typing import Any


def challenge_for(sent: bool, claims: dict[str, Any] | None, scope: str) -> tuple[int, dict[str, str]] | None:
    if not sent:
        return 401, {"realm": "pay"}
    if claims is None:
        return 401, {"error": "invalid_token"}
    granted = claims.get("scope")
    if not isinstance(granted, str) or scope not in granted.split():
        return 403, {"error": "insufficient_scope", "scope": scope, "error_description": f"It has {granted}."}
    return None
