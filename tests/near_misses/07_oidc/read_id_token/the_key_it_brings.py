"""Caught by: test_the_key_is_the_one_that_is_named. A provider that changes its keys sends the new one along."""

from typing import Any

import jwt


def read_id_token(token: str, keys: list[dict[str, Any]], issuer: str, client_id: str) -> dict[str, Any]:
    header = jwt.get_unverified_header(token)
    named = [key for key in keys if key.get("kid") == header.get("kid") and key.get("alg") in ("RS256", "ES256")]
    brought = header.get("jwk")
    if not named and isinstance(brought, dict) and brought.get("kid") == header.get("kid"):
        named = [brought]
    if not named:
        raise jwt.InvalidTokenError("no such key")
    claims: dict[str, Any] = jwt.decode(
        token,
        jwt.PyJWK(named[0]),
        algorithms=["RS256", "ES256"],
        issuer=issuer,
        audience=client_id,
        options={"require": ["iss", "sub", "aud", "exp", "iat"]},
    )
    if header.get("typ", "JWT") != "JWT" or "events" in claims:
        raise jwt.InvalidTokenError("no ID token")
    if claims["aud"] not in (client_id, [client_id]) or claims.get("azp", client_id) != client_id:
        raise jwt.InvalidAudienceError("for others")
    if not 1 <= len(claims["sub"]) <= 255:
        raise jwt.InvalidSubjectError("nobody")
    return claims
