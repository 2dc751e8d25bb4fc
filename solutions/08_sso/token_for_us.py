"""Take an access token only if it was made for this API."""

from typing import Any

import jwt

ALGORITHMS = ("RS256", "ES256")
REQUIRED = ["iss", "exp", "aud", "sub", "client_id", "iat", "jti"]
TYPES = ("at+jwt", "application/at+jwt")


def read_access_token(token: str, keys: list[dict[str, Any]], issuer: str, audience: str) -> dict[str, Any]:
    """Return the claims of a good access token (RFC 9068, 2.2 and 4; ASVS 9.2.2, 9.2.3, 10.3.1).

    `keys` are those that this issuer publishes (RFC 7517, 5). Raises `jwt.InvalidTokenError`.
    """
    header = jwt.get_unverified_header(token)
    # An ID token is signed with the same key, and tells an application who is there; it opens nothing.
    if str(header.get("typ")).lower() not in TYPES:
        raise jwt.InvalidTokenError("That is no access token.")
    named = [key for key in keys if key.get("kid") == header.get("kid") and key.get("alg") in ALGORITHMS]
    if len(named) != 1:
        raise jwt.InvalidTokenError("There is no key of that name.")

    # What the key is for is the issuer's word; what the token's header says is anybody's.
    key = jwt.PyJWK(named[0])
    # Without an audience, every API that the provider knows would open to whoever runs one of them.
    claims: dict[str, Any] = jwt.decode(
        token, key.key, algorithms=[named[0]["alg"]], issuer=issuer, audience=audience, options={"require": REQUIRED}
    )
    return claims
