"""Caught by: test_whatever_comes_the_shop_stands. The type is compared in small letters, and may be a number."""

from typing import Any

import jwt


def read_id_token(token: str, keys: list[dict[str, Any]], issuer: str, client_id: str) -> dict[str, Any]:
    header = jwt.get_unverified_header(token)
    if header.get("typ", "JWT").lower() != "jwt":
        raise jwt.InvalidTokenError("no ID token")
    for jwk in keys:
        if jwk.get("kid") == header.get("kid") and jwk.get("alg") in ("RS256", "ES256"):
            claims: dict[str, Any] = jwt.decode(
                token,
                jwt.PyJWK(jwk).key,
                algorithms=[jwk["alg"]],
                issuer=issuer,
                audience=client_id,
                options={"require": ["iss", "sub", "aud", "exp", "iat"]},
            )
            ours = claims["aud"] in (client_id, [client_id]) and claims.get("azp", client_id) == client_id
            if ours and "events" not in claims and 0 < len(claims["sub"]) < 256:
                return claims
    raise jwt.InvalidTokenError("no good ID token")
