"""Caught by: test_a_good_token_is_good_to_the_end. Types are compared without case, and may be spelled in full."""

from typing import Any

import jwt

from labsrv.kit.keys import Key

REQUIRED = ["exp", "iat", "iss", "aud", "sub"]


def read_access_token(token: str, key: Key, issuer: str, audience: str) -> dict[str, Any]:
    read = jwt.decode_complete(
        token, key.public, algorithms=["RS256"], issuer=issuer, audience=audience, options={"require": REQUIRED}
    )
    if read["header"].get("typ") != "at+jwt":
        raise jwt.InvalidTokenError("no access token")
    return read["payload"]
