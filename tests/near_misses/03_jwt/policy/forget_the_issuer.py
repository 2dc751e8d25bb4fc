"""Caught by: test_the_issuer_is_the_shop. There is a signature of ours on it; the library asks for the issuer when
told to.
"""

from typing import Any

import jwt

from labsrv.kit.keys import Key

REQUIRED = ["exp", "iat", "iss", "aud", "sub"]


def read_access_token(token: str, key: Key, issuer: str, audience: str) -> dict[str, Any]:
    read = jwt.decode_complete(
        token, key.public, algorithms=["RS256"], audience=audience, options={"require": REQUIRED}
    )
    if str(read["header"].get("typ")).lower() not in ("at+jwt", "application/at+jwt"):
        raise jwt.InvalidTokenError("no access token")
    return read["payload"]
