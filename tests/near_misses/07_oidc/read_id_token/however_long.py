"""Caught by: test_it_is_about_somebody. There has to be a subject; how long it is, nobody asked."""

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
    if claims["aud"] not in (client_id, [client_id]) or claims.get("azp", client_id) != client_id:
        raise jwt.InvalidAudienceError("for others")
    if claims["sub"]:
        return claims
    raise jwt.InvalidSubjectError("nobody")
