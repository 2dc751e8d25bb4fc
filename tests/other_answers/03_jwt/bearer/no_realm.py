"""Splits at the first blank; the challenge has no realm, the answers' JSON says nothing, and `match` chooses."""

import string

LETTERS = set(string.ascii_letters + string.digits + "-._~+/")


def bearer_token(authorization: str | None) -> str | None:
    if authorization is None:
        return None
    scheme, _, rest = authorization.partition(" ")
    token = rest.lstrip(" ")
    body = token.rstrip("=")
    if scheme.lower() == "bearer" and body and set(body) <= LETTERS:
        return token
    return None


def refusal(why: str, error: Exception | None, scope: str) -> tuple[int, str, dict[str, str]]:
    match why:
        case "missing":
            return 401, "Bearer", {}
        case "scope":
            return 403, f'Bearer error="insufficient_scope", scope="{scope}"', {}
        case _:
            return 401, 'Bearer error="invalid_token"', {}
