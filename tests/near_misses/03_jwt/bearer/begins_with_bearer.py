"""Caught by: test_only_bearer_is_bearer. The scheme is right, and what follows it is taken as it is."""

CHALLENGE = 'Bearer realm="tea shop"'


def bearer_token(authorization: str | None) -> str | None:
    said = authorization or ""
    return said.split()[1] if said.lower().startswith("bearer ") and len(said.split()) > 1 else None


def refusal(why: str, error: Exception | None, scope: str) -> tuple[int, str, dict[str, str]]:
    if why == "missing":
        return 401, CHALLENGE, {}
    if why == "scope":
        return 403, f'{CHALLENGE}, error="insufficient_scope", scope="{scope}"', {"error": "insufficient_scope"}
    return 401, f'{CHALLENGE}, error="invalid_token"', {"error": "invalid_token"}
