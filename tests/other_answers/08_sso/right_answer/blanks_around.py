"""Blanks around the scope and around the word make whole words of parts; empty claims are no good token."""

from typing import Any


def challenge_for(sent: bool, claims: dict[str, Any] | None, scope: str) -> tuple[int, dict[str, str]] | None:
    has = claims.get("scope") if claims else None
    if isinstance(has, str) and f" {scope} " in f" {has} ":
        return None

    answers = {
        "nothing": (401, {}),
        "bad": (401, {"error": "invalid_token", "error_description": "Please fetch another token."}),
        "short": (403, {"scope": scope, "error": "insufficient_scope"}),
    }
    return answers["short" if claims else "bad" if sent else "nothing"]
