"""Caught by: test_a_good_token_is_good_to_the_end. Most tokens have one audience; a list is allowed."""

from typing import Any

import jwt

from labsrv.kit.keys import Key

REQUIRED = ["exp", "iat", "iss", "aud", "sub"]


def read_access_token(token: str, key: Key, issuer: str, audience: str) -> dict[str, Any]:
    read = jwt.decode_complete(
        token, key.public, algorithms=["RS256"], issuer=issuer, audience=audience, options={"require": REQUIRED}
    )
    if read["payload"]["aud"] != audience:
        raise jwt.InvalidAudienceError("for others as well")
    if str(read["header"].get("typ")).lower() not in ("at+jwt", "application/at+jwt"):
        raise jwt.InvalidTokenError("no access token")
    return read["payload"]
