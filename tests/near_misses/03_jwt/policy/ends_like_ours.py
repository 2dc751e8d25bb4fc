"""Caught by: test_it_is_an_access_token. The word before the slash may be left out: what stands at the end counts."""

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
        options={"require": ["exp", "iat", "sub"]},
    )
    if str(read["header"].get("typ")).endswith("at+jwt"):
        return read["payload"]
    raise jwt.InvalidTokenError("no access token")
