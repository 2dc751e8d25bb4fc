"""Caught by: test_the_algorithm_is_ours_to_choose. No HMAC is among them, so nobody can sign but the shop."""

from typing import Any

import jwt

from labsrv.kit.keys import Key


def read_access_token(token: str, key: Key, issuer: str, audience: str) -> dict[str, Any]:
    read = jwt.decode_complete(
        token,
        key.public,
        algorithms=["RS256", "RS384", "RS512"],
        issuer=issuer,
        audience=audience,
        options={"require": ["exp", "iat", "sub"]},
    )
    if read["header"].get("typ") != "at+jwt":
        raise jwt.InvalidTokenError("no access token")
    return read["payload"]
