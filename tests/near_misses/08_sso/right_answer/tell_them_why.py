"""Caught by: test_who_sends_nothing_is_told_what_to_send. Words for people help, also where there is no error."""

from typing import Any


def challenge_for(sent: bool, claims: dict[str, Any] | None, scope: str) -> tuple[int, dict[str, str]] | None:
    if not sent:
        return 401, {"realm": "pay", "error_description": "Please send an access token."}
    if claims is None:
        return 401, {"error": "invalid_token"}
    granted = claims.get("scope")
    if not isinstance(granted, str) or scope not in granted.split():
        return 403, {"error": "insufficient_scope", "scope": scope}
    return None
