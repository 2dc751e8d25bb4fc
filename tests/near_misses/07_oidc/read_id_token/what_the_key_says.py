"""Caught by: test_the_algorithm_is_not_the_tokens_to_choose. The provider says for what a key is; it may say HS256."""

from typing import Any

import jwt


def read_id_token(token: str, keys: list[dict[str, Any]], issuer: str, client_id: str) -> dict[str, Any]:
    header = jwt.get_unverified_header(token)
    named = [key for key in keys if "alg" in key and key.get("kid") == header.get("kid")]
    if not named:
        raise jwt.InvalidTokenError("no such key")
    claims: dict[str, Any] = jwt.decode(
        token,
        jwt.PyJWK(named[0]),
        algorithms=[named[0]["alg"]],
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
