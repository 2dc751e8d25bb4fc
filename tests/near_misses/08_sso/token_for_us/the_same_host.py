"""Caught by: test_it_is_for_this_api. All APIs of a host are one house's."""

from typing import Any
from urllib.parse import urlsplit

import jwt

ALGORITHMS = ("RS256", "ES256")
REQUIRED = ["exp", "iat", "sub", "client_id", "jti"]


def read_access_token(token: str, keys: list[dict[str, Any]], issuer: str, audience: str) -> dict[str, Any]:
    header = jwt.get_unverified_header(token)
    if header.get("typ") not in ("at+jwt", "application/at+jwt"):
        raise jwt.InvalidTokenError("another kind of token")
    named = [key for key in keys if key.get("kid") == header.get("kid") and key.get("alg") in ALGORITHMS]
    if not named:
        raise jwt.InvalidTokenError("no such key")
    claims: dict[str, Any] = jwt.decode(
        token,
        jwt.PyJWK(named[0]).key,
        algorithms=[named[0]["alg"]],
        issuer=issuer,
        options={"require": [*REQUIRED, "aud"], "verify_aud": False},
    )
    own = urlsplit(audience).netloc
    named = claims["aud"] if isinstance(claims["aud"], list) else [claims["aud"]]
    if not any(urlsplit(str(each)).netloc == own for each in named):
        raise jwt.InvalidAudienceError("for somebody else")
    return claims
