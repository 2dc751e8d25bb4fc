"""Caught by: test_it_is_meant_for_us. One audience or several: split at the blanks, both are a list."""

from typing import Any

import jwt

from labsrv.kit.keys import Key


def read_access_token(token: str, key: Key, issuer: str, audience: str) -> dict[str, Any]:
    read = jwt.decode_complete(
        token,
        key.public,
        algorithms=["RS256"],
        issuer=issuer,
        options={"require": ["exp", "iat", "sub"], "verify_aud": False},
    )
    said = read["payload"].get("aud")
    words = said.split() if isinstance(said, str) else said
    if read["header"].get("typ") != "at+jwt" or not isinstance(words, list) or audience not in words:
        raise jwt.InvalidTokenError("not for us")
    return read["payload"]
