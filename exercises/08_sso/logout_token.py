"""Believe the provider, and nobody else, that a login has ended.

Whoever logs out at Tea Identity is logged out of every application: the provider sends each a logout token. Mallory
sends the shop one as well. She has written it herself; or it is the ID token of somebody who has joined her tea club;
or it is for another application, or of last year. The shop believes it, and Alice is out whenever Mallory likes.

A logout token is read like an ID token, and then by the rules that make it one.
(OpenID Connect Back-Channel Logout 1.0, 2.4 and 2.6; OWASP ASVS 5.0, 10.5.5, 9.1.1 to 9.1.3, 9.2.1 to 9.2.3; CWE-345)
"""

from typing import Any

import jwt

EVENT = "http://schemas.openid.net/event/backchannel-logout"


def read_logout_token(token: str, keys: list[dict[str, Any]], issuer: str, client_id: str) -> dict[str, Any]:
    """Return the claims of a good logout token, or raise `jwt.InvalidTokenError` or another `jwt.PyJWTError`.

    `keys` are those that this issuer publishes (JWKs), of which a provider may have any: `jwt.PyJWK` reads one.
    """
    # TODO: Its header names one of these keys (`kid`), one for RS256 or ES256, whatever others there are, and it is
    # signed with that key by that algorithm. Its `typ` is "logout+jwt" ("application/logout+jwt", and other case, are
    # yours to take or not). It is by this issuer, character by character, and for this client: `aud` is its name, or a
    # list with that name (whether others may be in it is yours to say). It has `iat` and `exp`, and its time has come
    # and is not over, give or take a minute at most; it has a `jti`, a text. Its `events` are an object in which EVENT
    # is an object as well. It has no `nonce`, of whatever value. And it says whose login has ended: in `sub`, in `sid`
    # or in both is a text that is not empty.
    return jwt.decode(token, options={"verify_signature": False})
