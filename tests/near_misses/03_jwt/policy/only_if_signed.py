"""Caught by: test_the_algorithm_is_ours_to_choose. A token without a signature has none that could be wrong."""

from typing import Any

import jwt

from labsrv.kit.keys import Key

REQUIRED = ["exp", "iat", "iss", "aud", "sub"]


def read_access_token(token: str, key: Key, issuer: str, audience: str) -> dict[str, Any]:
    header = jwt.get_unverified_header(token)
    verify = str(header.get("alg")).lower() != "none" and token.count(".") == 2
    options = {"verify_signature": verify, "require": REQUIRED, "verify_exp": True, "verify_aud": True}
    claims = jwt.decode(token, key.public, algorithms=["RS256"], issuer=issuer, audience=audience, options=options)
    if str(header.get("typ")).lower() not in ("at+jwt", "application/at+jwt"):
        raise jwt.InvalidTokenError("no access token")
    return claims
