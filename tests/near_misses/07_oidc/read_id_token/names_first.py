"""Caught by: test_whatever_comes_the_shop_stands. Each key has a name, and the library checks the rest."""

from typing import Any

import jwt


def read_id_token(token: str, keys: list[dict[str, Any]], issuer: str, client_id: str) -> dict[str, Any]:
    by_name = {key["kid"]: key for key in keys}
    header = jwt.get_unverified_header(token)
    jwk = by_name.get(header.get("kid"))
    if jwk is None or jwk.get("alg") not in ("RS256", "ES256"):
        raise jwt.InvalidTokenError("no such key")
    claims: dict[str, Any] = jwt.decode(
        token,
        jwt.PyJWK(jwk),
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
