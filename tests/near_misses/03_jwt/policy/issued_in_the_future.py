"""Caught by: test_a_token_has_its_time. The date of issue is there for information, it seems; a token has an end."""

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
        options={"require": ["exp", "iat", "sub"], "verify_iat": False},
    )
    if read["header"].get("typ") != "at+jwt":
        raise jwt.InvalidTokenError("no access token")
    return read["payload"]
