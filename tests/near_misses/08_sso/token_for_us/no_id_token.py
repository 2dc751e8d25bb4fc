"""Caught by: test_it_is_an_access_token. ID tokens and logout tokens are refused by their types."""

from typing import Any

import jwt

ALGORITHMS = ("RS256", "ES256")
REQUIRED = ["exp", "iat", "sub", "client_id", "jti"]


def read_access_token(token: str, keys: list[dict[str, Any]], issuer: str, audience: str) -> dict[str, Any]:
    header = jwt.get_unverified_header(token)
    if header.get("typ") in ("JWT", "logout+jwt"):
        raise jwt.InvalidTokenError("another kind of token")
    named = [key for key in keys if key.get("kid") == header.get("kid") and key.get("alg") in ALGORITHMS]
    if not named:
        raise jwt.InvalidTokenError("no such key")
    return jwt.decode(
        token,
        jwt.PyJWK(named[0]).key,
        algorithms=[named[0]["alg"]],
        issuer=issuer,
        audience=audience,
        options={"require": REQUIRED},
    )
