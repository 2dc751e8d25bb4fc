"""Caught by: test_nobody_learns_why. The standard has a field for a description; it does not say how much to
describe.
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
    return (
        401,
        f'{CHALLENGE}, error="invalid_token", error_description="{str(error).replace(chr(34), "")}"',
        {"error": "invalid_token"},
    )
