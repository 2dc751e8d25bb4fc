"""Caught by: test_a_bad_token_is_said_to_be_bad. A bad token may not come in, so it is forbidden; 403 says that
one knows who it is.
"""

import re

CHALLENGE = 'Bearer realm="tea shop"'


def bearer_token(authorization: str | None) -> str | None:
    found = re.fullmatch(r"(?i:bearer) +([A-Za-z0-9._~+/-]+=*)", authorization or "")
    return found[1] if found else None


def refusal(why: str, error: Exception | None, scope: str) -> tuple[int, str, dict[str, str]]:
    if why == "missing":
        return 401, CHALLENGE, {}
    if why == "scope":
        return 403, f'{CHALLENGE}, error="insufficient_scope", scope="{scope}"', {"error": "insufficient_scope"}
    return 403, f'{CHALLENGE}, error="invalid_token"', {"error": "invalid_token"}
