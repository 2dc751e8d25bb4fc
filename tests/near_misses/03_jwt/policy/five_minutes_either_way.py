"""Caught by: test_a_token_has_its_time. Five minutes are usual elsewhere; here a minute was agreed upon."""

from typing import Any

import jwt

from labsrv.kit.keys import Key


def read_access_token(token: str, key: Key, issuer: str, audience: str) -> dict[str, Any]:
    read = jwt.decode_complete(
        token,
        key.public,
        algorithms=["RS256"],
        issuer=issuer,
        audience=audience,
        leeway=300,
        options={"require": ["exp", "iat", "sub"]},
    )
    if read["header"].get("typ") != "at+jwt":
        raise jwt.InvalidTokenError("no access token")
    return read["payload"]
