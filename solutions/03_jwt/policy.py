"""Decide beforehand which tokens are good."""

from typing import Any

import jwt

from labsrv.kit.keys import Key

REQUIRED = ["exp", "iat", "iss", "aud", "sub"]


def read_access_token(token: str, key: Key, issuer: str, audience: str) -> dict[str, Any]:
    """Return the claims of a good access token, or raise `jwt.InvalidTokenError`. `key.public` verifies signatures."""
    # Every argument is ours, and none is read out of the token: it is compared with them.
    read = jwt.decode_complete(
        token, key.public, algorithms=["RS256"], issuer=issuer, audience=audience, options={"require": REQUIRED}
    )

    # PyJWT does not look at the type.
    if str(read["header"].get("typ")).lower() in ("at+jwt", "application/at+jwt"):
        return read["payload"]

    raise jwt.InvalidTokenError("That is no access token.")
