"""Caught by: test_whatever_comes_the_api_stands. Each key has a name, and the library checks the rest."""

from typing import Any

import jwt

ALGORITHMS = ("RS256", "ES256")
REQUIRED = ["exp", "iat", "sub", "client_id", "jti"]


def read_access_token(token: str, keys: list[dict[str, Any]], issuer: str, audience: str) -> dict[str, Any]:
    header = jwt.get_unverified_header(token)
    if header.get("typ") not in ("at+jwt", "application/at+jwt"):
        raise jwt.InvalidTokenError("another kind of token")
    by_name = {key["kid"]: key for key in keys if key["alg"] in ALGORITHMS}
    jwk = by_name.get(header.get("kid"))
    if jwk is None:
        raise jwt.InvalidTokenError("no such key")
    return jwt.decode(
        token,
        jwt.PyJWK(jwk).key,
        algorithms=[jwk["alg"]],
        issuer=issuer,
        audience=audience,
        options={"require": REQUIRED},
    )
