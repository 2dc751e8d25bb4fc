"""Caught by: test_whoever_brings_nothing_is_asked. 401 says it all, to people; a program reads the challenge."""

import re

CHALLENGE = 'Bearer realm="tea shop"'


def bearer_token(authorization: str | None) -> str | None:
    found = re.fullmatch(r"(?i:bearer) +([A-Za-z0-9._~+/-]+=*)", authorization or "")
    return found[1] if found else None


def refusal(why: str, error: Exception | None, scope: str) -> tuple[int, str, dict[str, str]]:
    if why == "missing":
        return 401, "", {"error": "log in first"}
    if why == "scope":
        return 403, f'{CHALLENGE}, error="insufficient_scope", scope="{scope}"', {"error": "insufficient_scope"}
    return 401, f'{CHALLENGE}, error="invalid_token"', {"error": "invalid_token"}
