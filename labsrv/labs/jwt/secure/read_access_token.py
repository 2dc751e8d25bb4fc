"""Accept a token by our own policy: whatever it says of itself is compared, never obeyed."""

from typing import Any

import jwt

from labsrv.kit.keys import Key

REQUIRED = ["exp", "iat", "iss", "aud", "sub"]
ACCESS_TOKEN = ("at+jwt", "application/at+jwt")


def read_access_token(token: str, key: Key, issuer: str, audience: str) -> dict[str, Any]:
    """Return the claims of a good access token (RFC 8725, 3; RFC 9068, 4; ASVS 9.1.2, 9.2.1 to 9.2.3).

    Raises `jwt.InvalidTokenError`.
    """
    read = jwt.decode_complete(
        token, key.public, algorithms=["RS256"], issuer=issuer, audience=audience, options={"require": REQUIRED}
    )

    # PyJWT leaves the type to us. An ID token has the same key, the same issuer, and here the same audience.
    if str(read["header"].get("typ")).lower() in ACCESS_TOKEN:
        claims: dict[str, Any] = read["payload"]
        return claims

    raise jwt.InvalidTokenError("That is no access token.")
