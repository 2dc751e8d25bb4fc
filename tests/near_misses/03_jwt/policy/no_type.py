"""Caught by: test_it_is_an_access_token. Everything that PyJWT can check is checked."""

from typing import Any

import jwt

from labsrv.kit.keys import Key

REQUIRED = ["exp", "iat", "iss", "aud", "sub"]


def read_access_token(token: str, key: Key, issuer: str, audience: str) -> dict[str, Any]:
    read = jwt.decode_complete(
        token, key.public, algorithms=["RS256"], issuer=issuer, audience=audience, options={"require": REQUIRED}
    )
    return read["payload"]
