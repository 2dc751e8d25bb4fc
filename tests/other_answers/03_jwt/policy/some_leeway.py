"""Ten seconds of leeway; the type in any case and in full; whatever goes wrong is raised as one kind of error."""

from typing import Any

import jwt

from labsrv.kit.keys import Key

TYPES = {"at+jwt", "application/at+jwt"}


def read_access_token(token: str, key: Key, issuer: str, audience: str) -> dict[str, Any]:
    try:
        read = jwt.decode_complete(
            token,
            key.pem,
            algorithms=["RS256"],
            issuer=[issuer],
            audience=[audience],
            leeway=10,
            options={"require": ["iss", "sub", "aud", "exp", "iat"]},
        )
        if read["header"]["typ"].lower() not in TYPES:
            raise ValueError("type")
    except Exception as error:
        raise jwt.InvalidTokenError("bad token") from error
    return read["payload"]
