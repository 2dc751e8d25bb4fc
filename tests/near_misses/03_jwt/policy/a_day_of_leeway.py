"""Caught by: test_a_token_has_its_time. Clocks differ, but not by a day."""

from typing import Any

import jwt

from labsrv.kit.keys import Key

REQUIRED = ["exp", "iat", "iss", "aud", "sub"]


def read_access_token(token: str, key: Key, issuer: str, audience: str) -> dict[str, Any]:
    read = jwt.decode_complete(
        token,
        key.public,
        algorithms=["RS256"],
        issuer=issuer,
        audience=audience,
        leeway=86_401,
        options={"require": REQUIRED},
    )
    if str(read["header"].get("typ")).lower() not in ("at+jwt", "application/at+jwt"):
        raise jwt.InvalidTokenError("no access token")
    return read["payload"]
