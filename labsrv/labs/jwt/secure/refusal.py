"""Refuse a request in the words of the standard, and in no others."""

CHALLENGE = 'Bearer realm="tea shop"'


def refusal(why: str, error: Exception | None, scope: str) -> tuple[int, str, dict[str, str]]:
    """Return status, `WWW-Authenticate` and JSON for a token that is missing, insufficient or bad (RFC 6750, 3.1).

    Why a token is bad stays with us (ASVS 16.5.1): all bad tokens read the same.
    """
    if why == "missing":
        return 401, CHALLENGE, {}
    if why == "scope":
        return 403, f'{CHALLENGE}, error="insufficient_scope", scope="{scope}"', {"error": "insufficient_scope"}

    return 401, f'{CHALLENGE}, error="invalid_token"', {"error": "invalid_token"}
