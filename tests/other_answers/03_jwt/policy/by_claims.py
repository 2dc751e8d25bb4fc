"""The header is asked first, its type spelt exactly; the claims are compared by hand once the library has verified."""

from typing import Any

import jwt

from labsrv.kit.keys import Key


def read_access_token(token: str, key: Key, issuer: str, audience: str) -> dict[str, Any]:
    if jwt.get_unverified_header(token).get("typ") != "at+jwt":
        raise jwt.InvalidTokenError("wrong type")
    claims: dict[str, Any] = jwt.decode(
        token,
        key.public,
        algorithms=["RS256"],
        options={"require": ["exp", "iat", "sub"], "verify_aud": False, "verify_iss": False},
    )
    if claims.get("iss") != issuer:
        raise jwt.InvalidIssuerError("wrong issuer")
    said = claims.get("aud")
    if said != audience and not (isinstance(said, list) and audience in said):
        raise jwt.InvalidAudienceError("wrong audience")
    return claims
