"""Caught by: test_whatever_it_is_the_shop_stands. It asks the header before the library did; `lower` is a method
of texts.
"""

from typing import Any

import jwt

from labsrv.kit.keys import Key

REQUIRED = ["exp", "iat", "iss", "aud", "sub"]


def read_access_token(token: str, key: Key, issuer: str, audience: str) -> dict[str, Any]:
    if jwt.get_unverified_header(token).get("typ", "").lower() not in ("at+jwt", "application/at+jwt"):
        raise jwt.InvalidTokenError("no access token")
    return jwt.decode(
        token, key.public, algorithms=["RS256"], issuer=issuer, audience=audience, options={"require": REQUIRED}
    )
