"""Caught by: test_it_is_an_access_token. Audience, issuer and claims are those of an access token."""

from typing import Any

import jwt

ALGORITHMS = ("RS256", "ES256")
REQUIRED = ["exp", "iat", "sub", "client_id", "jti"]


def read_access_token(token: str, keys: list[dict[str, Any]], issuer: str, audience: str) -> dict[str, Any]:
    header = jwt.get_unverified_header(token)
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
