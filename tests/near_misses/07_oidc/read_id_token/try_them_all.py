"""Caught by: test_the_key_is_the_one_that_is_named. Where no key has that name, one of them will do."""

from typing import Any

import jwt


def read_id_token(token: str, keys: list[dict[str, Any]], issuer: str, client_id: str) -> dict[str, Any]:
    header = jwt.get_unverified_header(token)
    usable = [key for key in keys if key.get("alg") in ("RS256", "ES256") and isinstance(key.get("kid"), str)]
    named = [key for key in usable if key["kid"] == header.get("kid")]
    for jwk in named or usable:
        try:
            claims: dict[str, Any] = jwt.decode(
                token,
                jwt.PyJWK(jwk),
                algorithms=["RS256", "ES256"],
                issuer=issuer,
                audience=client_id,
                options={"require": ["iss", "sub", "aud", "exp", "iat"]},
            )
        except jwt.InvalidTokenError:
            continue
        if header.get("typ", "JWT") != "JWT" or "events" in claims:
            break
        if claims["aud"] not in (client_id, [client_id]) or claims.get("azp", client_id) != client_id:
            break
        if 1 <= len(claims["sub"]) <= 255:
            return claims
    raise jwt.InvalidTokenError("no good ID token")
