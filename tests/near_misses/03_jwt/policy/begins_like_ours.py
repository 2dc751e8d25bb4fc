"""Caught by: test_it_is_meant_for_us. It accepts one audience or a list; and names that begin like ours."""

from typing import Any

import jwt

from labsrv.kit.keys import Key

REQUIRED = ["exp", "iat", "iss", "aud", "sub"]


def read_access_token(token: str, key: Key, issuer: str, audience: str) -> dict[str, Any]:
    read = jwt.decode_complete(
        token, key.public, algorithms=["RS256"], issuer=issuer, options={"require": REQUIRED, "verify_aud": False}
    )
    said = read["payload"]["aud"]
    if not any(str(each).startswith(audience) for each in (said if isinstance(said, list) else [said])):
        raise jwt.InvalidAudienceError("for others")
    if str(read["header"].get("typ")).lower() not in ("at+jwt", "application/at+jwt"):
        raise jwt.InvalidTokenError("no access token")
    return read["payload"]
