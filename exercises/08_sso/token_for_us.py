"""Take an access token only if it was made for this API.

Alice joins Mallory's tea club, and lets it read her orders. Mallory brings that token to the API for pay: Tea Identity
has signed it, and everybody's pay is hers to read. An ID token is signed with the same key, and so is a logout token;
and where nobody looks at signatures, Mallory writes her own.

A token is compared with what the API knew before it came: the provider's keys, its issuer, and the API's own address.
(RFC 9068, 2.2 and 4; RFC 8725, 3; OWASP ASVS 5.0, 9.1.1 to 9.1.3, 9.2.1 to 9.2.3, 10.3.1; CWE-863, CWE-347)
"""

from typing import Any

import jwt


def read_access_token(token: str, keys: list[dict[str, Any]], issuer: str, audience: str) -> dict[str, Any]:
    """Return the claims of a good access token, or raise `jwt.InvalidTokenError` or another `jwt.PyJWTError`.

    `keys` are those that this issuer publishes (JWKs), of which a provider may have any: `jwt.PyJWK` reads one.
    `audience` is the address of this API.
    """
    # TODO: Its header names one of these keys (`kid`), one for RS256 or ES256, whatever others there are, and it is
    # signed with that key by that algorithm. Its `typ` is "at+jwt" or "application/at+jwt"; whether capital letters
    # may be in it is left to you. It is by this issuer, character by character; and for this API: `aud` is its address,
    # character by character, or a list in which that is (whether with others as well is left to you). It has `exp`,
    # `iat`, `sub`, `client_id` and `jti`, none of them null, and `sub` is a text; its time has come and is not over,
    # give or take a minute at most.
    return jwt.decode(token, options={"verify_signature": False})
