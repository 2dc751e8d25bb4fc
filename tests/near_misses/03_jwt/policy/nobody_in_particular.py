"""Caught by: test_whatever_it_is_the_shop_stands. The dates have to be there; that somebody is named, was forgotten."""

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
        options={"require": ["exp", "iat"]},
    )
    if read["header"].get("typ") != "at+jwt":
        raise jwt.InvalidTokenError("no access token")
    return read["payload"] if read["payload"].get("sub") != "" else {}
