"""Caught by: test_a_token_has_its_time. Two clocks may differ; these may by more than the minute that is allowed."""

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
        leeway=90,
        options={"require": ["exp", "iat", "iss", "aud", "sub"]},
    )
    if read["header"].get("typ") != "at+jwt":
        raise jwt.InvalidTokenError("That is no access token.")
    return read["payload"]
