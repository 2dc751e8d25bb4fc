"""Caught by: test_nobody_learns_why. It says no more than the kind of error, which is what one tries out."""

import re

CHALLENGE = 'Bearer realm="tea shop"'


def bearer_token(authorization: str | None) -> str | None:
    found = re.fullmatch(r"bearer +([A-Za-z0-9._~+/-]+=*)", authorization or "", re.IGNORECASE | re.ASCII)
    return found[1] if found else None


def refusal(why: str, error: Exception | None, scope: str) -> tuple[int, str, dict[str, str]]:
    if why == "missing":
        return 401, CHALLENGE, {}
    if why == "scope":
        return 403, f'{CHALLENGE}, error="insufficient_scope", scope="{scope}"', {"error": "insufficient_scope"}
    hint = "signature" if "ignature" in type(error).__name__ else "other"
    return 401, f'{CHALLENGE}, error="invalid_token"', {"error": "invalid_token", "in": hint}
