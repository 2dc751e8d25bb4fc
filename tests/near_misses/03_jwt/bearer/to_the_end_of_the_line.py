"""Caught by: test_only_bearer_is_bearer. A dollar sign stands for the end, and before a line break at the end."""

import re

CHALLENGE = 'Bearer realm="tea shop"'


def bearer_token(authorization: str | None) -> str | None:
    found = re.match(r"bearer +([A-Za-z0-9._~+/-]+=*)$", authorization or "", re.IGNORECASE)
    return found[1] if found else None


def refusal(why: str, error: Exception | None, scope: str) -> tuple[int, str, dict[str, str]]:
    if why == "missing":
        return 401, CHALLENGE, {}
    if why == "scope":
        return 403, f'{CHALLENGE}, error="insufficient_scope", scope="{scope}"', {"error": "insufficient_scope"}
    return 401, f'{CHALLENGE}, error="invalid_token"', {"error": "invalid_token"}
