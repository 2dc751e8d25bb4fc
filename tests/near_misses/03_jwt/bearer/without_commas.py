"""Caught by: test_too_little_is_said_to_be_too_little. All of it is there; a reader splits parameters at commas."""

import re

CHALLENGE = 'Bearer realm="tea shop"'


def bearer_token(authorization: str | None) -> str | None:
    found = re.fullmatch(r"bearer +([A-Za-z0-9._~+/-]+=*)", authorization or "", re.IGNORECASE | re.ASCII)
    return found[1] if found else None


def refusal(why: str, error: Exception | None, scope: str) -> tuple[int, str, dict[str, str]]:
    if why == "missing":
        return 401, CHALLENGE, {}
    if why == "scope":
        return 403, f'{CHALLENGE} error="insufficient_scope" scope="{scope}"', {"error": "insufficient_scope"}
    return 401, f'{CHALLENGE}, error="invalid_token"', {"error": "invalid_token"}
