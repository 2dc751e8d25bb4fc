"""Caught by: test_a_token_is_read_as_it_is. A JWT has letters, digits, - _ and dots; a token may have more."""

import re

CHALLENGE = 'Bearer realm="tea shop"'


def bearer_token(authorization: str | None) -> str | None:
    found = re.fullmatch(r"bearer +([\w.-]+)", authorization or "", re.IGNORECASE | re.ASCII)
    return found[1] if found else None


def refusal(why: str, error: Exception | None, scope: str) -> tuple[int, str, dict[str, str]]:
    if why == "missing":
        return 401, CHALLENGE, {}
    if why == "scope":
        return 403, f'{CHALLENGE}, error="insufficient_scope", scope="{scope}"', {"error": "insufficient_scope"}
    return 401, f'{CHALLENGE}, error="invalid_token"', {"error": "invalid_token"}
