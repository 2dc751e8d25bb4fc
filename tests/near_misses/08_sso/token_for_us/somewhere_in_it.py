"""Caught by: test_it_is_for_this_api. `in` does for a text and for a list."""

from typing import Any

import jwt

ALGORITHMS = ("RS256", "ES256")
REQUIRED = ["exp", "iat", "sub", "client_id", "jti"]


def read_access_token(token: str, keys: list[dict[str, Any]], issuer: str, audience: str) -> dict[str, Any]:
    header = jwt.get_unverified_header(token)
    if header.get("typ") not in ("at+jwt", "application/at+jwt"):
        raise jwt.InvalidTokenError("another kind of token")
    named = [key for key in keys if key.get("kid") == header.get("kid") and key.get("alg") in ALGORITHMS]
    if not named:
        raise jwt.InvalidTokenError("no such key")
    claims: dict[str, Any] = jwt.decode(
        token,
        jwt.PyJWK(named[0]).key,
        algorithms=[named[0]["alg"]],
        issuer=issuer,
        options={"require": [*REQUIRED, "aud"], "verify_aud": False},
    )
    if audience not in claims["aud"]:
        raise jwt.InvalidAudienceError("for somebody else")
    return claims
