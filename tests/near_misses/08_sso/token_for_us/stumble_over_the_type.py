"""Caught by: test_whatever_comes_the_api_stands. The type is compared in small letters; it may be a number."""

from typing import Any

import jwt

ALGORITHMS = ("RS256", "ES256")
REQUIRED = ["exp", "iat", "sub", "client_id", "jti"]


def read_access_token(token: str, keys: list[dict[str, Any]], issuer: str, audience: str) -> dict[str, Any]:
    header = jwt.get_unverified_header(token)
    if header["typ"].lower() not in ("at+jwt", "application/at+jwt"):
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
