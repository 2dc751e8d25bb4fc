"""Ask for a token properly, and say little when you refuse."""

import re

CREDENTIALS = re.compile(r"bearer +([A-Za-z0-9._~+/-]+=*)", re.IGNORECASE | re.ASCII)
CHALLENGE = 'Bearer realm="tea shop"'


def bearer_token(authorization: str | None) -> str | None:
    """Return the token of a request with this `Authorization` (None where there is no such header), or None."""
    # The whole header fits the grammar of RFC 6750, 2.1, or there is no token in it.
    found = CREDENTIALS.fullmatch(authorization or "")
    return found[1] if found else None


def refusal(why: str, error: Exception | None, scope: str) -> tuple[int, str, dict[str, str]]:
    """Return the status, the header `WWW-Authenticate` and the JSON of a refusal."""
    if why == "missing":
        return 401, CHALLENGE, {}
    if why == "scope":
        return 403, f'{CHALLENGE}, error="insufficient_scope", scope="{scope}"', {"error": "insufficient_scope"}

    # What the verifier said is for our log: whoever tries tokens out learns from it.
    return 401, f'{CHALLENGE}, error="invalid_token"', {"error": "invalid_token"}
