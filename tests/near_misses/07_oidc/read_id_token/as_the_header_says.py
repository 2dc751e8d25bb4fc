"""Caught by: test_the_algorithm_is_not_the_tokens_to_choose. The key is right; how to use it, the token says."""

from typing import Any

import jwt


def read_id_token(token: str, keys: list[dict[str, Any]], issuer: str, client_id: str) -> dict[str, Any]:
    header = jwt.get_unverified_header(token)
    jwk = next((key for key in keys if key.get("kid") == header.get("kid") and "kid" in key), None)
    if jwk is None or header.get("typ", "JWT") != "JWT":
        raise jwt.InvalidTokenError("no key, or no ID token")
    try:
        claims: dict[str, Any] = jwt.decode(
            token,
            jwt.PyJWK(jwk, algorithm=header["alg"]).key,
            algorithms=[header["alg"]],
            issuer=issuer,
            audience=client_id,
            options={"require": ["iss", "sub", "aud", "exp", "iat"]},
        )
    except TypeError as error:
        raise jwt.InvalidKeyError("another kind of key") from error
    if claims["aud"] not in (client_id, [client_id]) or claims.get("azp", client_id) != client_id:
        raise jwt.InvalidAudienceError("for others")
    if "events" in claims or not 1 <= len(claims["sub"]) <= 255:
        raise jwt.InvalidTokenError("no ID token")
    return claims
