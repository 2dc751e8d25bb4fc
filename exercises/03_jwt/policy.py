"""Decide beforehand which tokens are good.

The shop's API reads the token that comes with a request, and believes it. Mallory writes Alice's name into hers. Then
somebody adds a library that verifies signatures, and leaves it to the token to say how: with nothing, with a public key
for a secret, for another service, as another kind of token, ten years ago.

A token is compared with what the shop had decided before it came: algorithm, issuer, audience, dates, type.
(RFC 8725, 3; RFC 9068, 4; OWASP ASVS 5.0, 9.1.1, 9.1.2 and 9.2.1 to 9.2.3; CWE-345, CWE-347)
"""

from typing import Any

import jwt

from labsrv.kit.keys import Key


def read_access_token(token: str, key: Key, issuer: str, audience: str) -> dict[str, Any]:
    """Return the claims of a good access token, or raise `jwt.InvalidTokenError`. `key.public` verifies signatures.

    Besides key and `algorithms`, PyJWT's `jwt.decode` takes `issuer`, `audience`, `leeway`, and
    `options={"require": […]}`: claims that have to be there. `jwt.decode_complete` takes the same and returns a dict
    of "header", "payload" (the claims) and "signature".
    """
    # TODO: It is signed with RS256 and this key, by this issuer, for this audience, perhaps among others; it has `exp`,
    # `iat` and `sub`, a text; its time has come and is not over, give or take a minute at most; its header names
    # nothing in `crit` that is not understood here. Its `typ` says that it is an access token: "at+jwt" or, which is
    # the same, "application/at+jwt", in capital or small letters (RFC 9068).
    return jwt.decode(token, options={"verify_signature": False})
