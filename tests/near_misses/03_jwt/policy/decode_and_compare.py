"""Caught by: test_only_the_shop_signs. Every claim is compared, and none was signed."""

from typing import Any

import jwt

from labsrv.kit.keys import Key

REQUIRED = ["exp", "iat", "iss", "aud", "sub"]


def read_access_token(token: str, key: Key, issuer: str, audience: str) -> dict[str, Any]:
    claims = jwt.decode(
        token,
        issuer=issuer,
        audience=audience,
        options={
            "verify_signature": False,
            "require": REQUIRED,
            "verify_exp": True,
            "verify_aud": True,
            "verify_iss": True,
        },
    )
    if str(jwt.get_unverified_header(token).get("typ")).lower() not in ("at+jwt", "application/at+jwt"):
        raise jwt.InvalidTokenError("no access token")
    return claims
