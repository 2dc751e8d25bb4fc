"""Caught by: test_it_is_meant_for_us. The library refused tokens with an audience, until that was switched off."""

from typing import Any

import jwt

from labsrv.kit.keys import Key

REQUIRED = ["exp", "iat", "iss", "aud", "sub"]


def read_access_token(token: str, key: Key, issuer: str, audience: str) -> dict[str, Any]:
    read = jwt.decode_complete(
        token, key.public, algorithms=["RS256"], issuer=issuer, options={"require": REQUIRED, "verify_aud": False}
    )
    if str(read["header"].get("typ")).lower() not in ("at+jwt", "application/at+jwt"):
        raise jwt.InvalidTokenError("no access token")
    return read["payload"]
