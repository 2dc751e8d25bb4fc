"""Caught by: test_the_algorithm_is_ours_to_choose. The header chooses, and whatever the library raises is refused."""

from typing import Any

import jwt

from labsrv.kit.keys import Key


def read_access_token(token: str, key: Key, issuer: str, audience: str) -> dict[str, Any]:
    try:
        header = jwt.get_unverified_header(token)
        claims = jwt.decode(
            token,
            key.public,
            algorithms=[header["alg"]],
            issuer=issuer,
            audience=audience,
            options={"require": ["exp", "iat", "sub"]},
        )
    except Exception as error:
        raise jwt.InvalidTokenError(str(error)) from error
    if header.get("typ") != "at+jwt":
        raise jwt.InvalidTokenError("no access token")
    return claims
