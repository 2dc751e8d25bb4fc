"""Caught by: test_it_is_an_id_token. A log-out token should have a type of its own; it need not."""

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
    if header.get("typ", "JWT") not in ("JWT", "jwt"):
        raise jwt.InvalidTokenError("no ID token")
    if claims["aud"] not in (client_id, [client_id]) or claims.get("azp", client_id) != client_id:
        raise jwt.InvalidAudienceError("for others")
    if not 1 <= len(claims["sub"]) <= 255:
        raise jwt.InvalidSubjectError("nobody")
    return claims
