"""Find out who logged in, and that the provider says so, to us.

The shop got an ID token for its code, over a connection of its own, and believes it. Mallory sits on that line; or she
has a token that the provider signed for her tea club, or for an API, or for a log-out, or last year, or somewhere else.

A token is compared with what the shop knew before it came: the provider's keys, its issuer, and who the shop is there.
(OpenID Connect Core, 3.1.3.7; RFC 8725, 3; OWASP ASVS 5.0, 9.1.1 to 9.1.3, 9.2.1, 9.2.2, 10.5.2 and 10.5.4; CWE-347)
"""

from typing import Any

import jwt


def read_id_token(token: str, keys: list[dict[str, Any]], issuer: str, client_id: str) -> dict[str, Any]:
    """Return the claims of a good ID token, or raise `jwt.InvalidTokenError` or another `jwt.PyJWTError`.

    `keys` are those that this issuer publishes (JWKs), of which a provider may have any: `jwt.PyJWK` reads one.
    `jwt.get_unverified_header` reads a header, and `jwt.decode` takes `algorithms`, `audience`, `issuer`, `leeway`
    (seconds) and `options={"require": [names]}`: the claims that have to be there.
    """
    # TODO: Its header names one of these keys by `kid`. That key is for RS256 or ES256 (others may stand in the list),
    # and it is signed with that key by that algorithm. It is by this issuer, character by character; for this client
    # and nobody else (`aud` is the client's name or a list with nothing but that name, and `azp`, if there is one, is
    # that name). It has `exp` and `iat`; its time has come and is not over, give or take a minute at most. Its `typ`,
    # if it has one, is "JWT", and it has no `events`, which log-out tokens have. Its `sub` is a text of 1 to 255
    # characters.
    return jwt.decode(token, options={"verify_signature": False})
