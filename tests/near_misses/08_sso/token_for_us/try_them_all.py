"""Caught by: test_the_key_is_the_one_that_is_named. Where no key has that name, one of them will do."""

from typing import Any

import jwt

ALGORITHMS = ("RS256", "ES256")
REQUIRED = ["exp", "iat", "sub", "client_id", "jti"]


def read_access_token(token: str, keys: list[dict[str, Any]], issuer: str, audience: str) -> dict[str, Any]:
    header = jwt.get_unverified_header(token)
    if header.get("typ") not in ("at+jwt", "application/at+jwt"):
        raise jwt.InvalidTokenError("another kind of token")
    usable = [key for key in keys if key.get("alg") in ALGORITHMS and isinstance(key.get("kid"), str)]
    named = [key for key in usable if key["kid"] == header.get("kid")]
    for jwk in named or usable:
        try:
            return jwt.decode(
                token,
                jwt.PyJWK(jwk).key,
                algorithms=[jwk["alg"]],
                issuer=issuer,
                audience=audience,
                options={"require": REQUIRED},
            )
        except jwt.InvalidSignatureError:
            continue
    raise jwt.InvalidTokenError("no key fits")
