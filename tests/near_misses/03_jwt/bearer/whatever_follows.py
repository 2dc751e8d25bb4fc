"""Caught by: test_only_bearer_is_bearer. One word follows; what letters it has, the verifier will find out."""

import re

CHALLENGE = 'Bearer realm="tea shop"'


def bearer_token(authorization: str | None) -> str | None:
    found = re.fullmatch(r"bearer +(\S+)", authorization or "", re.IGNORECASE)
    return found[1] if found else None


def refusal(why: str, error: Exception | None, scope: str) -> tuple[int, str, dict[str, str]]:
    if why == "missing":
        return 401, CHALLENGE, {}
    if why == "scope":
        return 403, f'{CHALLENGE}, error="insufficient_scope", scope="{scope}"', {"error": "insufficient_scope"}
    return 401, f'{CHALLENGE}, error="invalid_token"', {"error": "invalid_token"}
