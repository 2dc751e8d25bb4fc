"""Caught by: test_the_algorithm_is_ours_to_choose. The library verifies; how, it asks the sender."""

from typing import Any

import jwt

from labsrv.kit.keys import Key

REQUIRED = ["exp", "iat", "iss", "aud", "sub"]


def read_access_token(token: str, key: Key, issuer: str, audience: str) -> dict[str, Any]:
    read = jwt.decode_complete(
        token,
        key.public,
        algorithms=[jwt.get_unverified_header(token)["alg"]],
        issuer=issuer,
        audience=audience,
        options={"require": REQUIRED},
    )
    if str(read["header"].get("typ")).lower() not in ("at+jwt", "application/at+jwt"):
        raise jwt.InvalidTokenError("no access token")
    return read["payload"]
