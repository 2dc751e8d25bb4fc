"""Caught by: test_only_the_provider_signs. The gateway verifies signatures; here only the claims are read."""

import time
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
    claims: dict[str, Any] = jwt.decode(token, options={"verify_signature": False})
    if claims.get("iss") != issuer or audience not in (claims.get("aud"), *claims.get("aud", [])):
        raise jwt.InvalidTokenError("by or for somebody else")
    if not all(claims.get(name) for name in REQUIRED) or claims["exp"] < time.time():
        raise jwt.InvalidTokenError("no good token")
    return claims
