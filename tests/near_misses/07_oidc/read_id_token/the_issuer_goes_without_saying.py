"""Caught by: test_the_issuer_is_the_one_that_was_asked. The keys are those of this issuer: who else could sign?"""

from typing import Any

import jwt

REQUIRED = ["iss", "sub", "aud", "exp", "iat"]


def read_id_token(token: str, keys: list[dict[str, Any]], issuer: str, client_id: str) -> dict[str, Any]:
    header = jwt.get_unverified_header(token)
    named = [key for key in keys if key.get("kid") == header.get("kid") and key.get("alg") in ("RS256", "ES256")]
    if len(named) != 1:
        raise jwt.InvalidTokenError("no such key")
    claims: dict[str, Any] = jwt.decode(
        token, jwt.PyJWK(named[0]), algorithms=[named[0]["alg"]], audience=client_id, options={"require": REQUIRED}
    )
    if str(header.get("typ", "JWT")).upper() != "JWT" or "events" in claims:
        raise jwt.InvalidTokenError("no ID token")
    if claims["aud"] not in (client_id, [client_id]) or claims.get("azp", client_id) != client_id:
        raise jwt.InvalidAudienceError("for others")
    if not 1 <= len(claims["sub"]) <= 255:
        raise jwt.InvalidSubjectError("nobody")
    return claims
