"""Caught by: test_it_is_meant_for_us_alone. PyJWT looks whether the client is among the audiences, and it is."""

from typing import Any

import jwt

REQUIRED = ["iss", "sub", "aud", "exp", "iat"]


def read_id_token(token: str, keys: list[dict[str, Any]], issuer: str, client_id: str) -> dict[str, Any]:
    header = jwt.get_unverified_header(token)
    named = [key for key in keys if key.get("kid") == header.get("kid") and key.get("alg") in ("RS256", "ES256")]
    if len(named) != 1:
        raise jwt.InvalidTokenError("no such key")
    claims: dict[str, Any] = jwt.decode(
        token,
        jwt.PyJWK(named[0]),
        algorithms=[named[0]["alg"]],
        issuer=issuer,
        audience=client_id,
        options={"require": REQUIRED},
    )
    if str(header.get("typ", "JWT")).upper() != "JWT" or "events" in claims:
        raise jwt.InvalidTokenError("no ID token")
    if claims.get("azp", client_id) != client_id:
        raise jwt.InvalidAudienceError("asked for by others")
    if not 1 <= len(claims["sub"]) <= 255:
        raise jwt.InvalidSubjectError("nobody")
    return claims
