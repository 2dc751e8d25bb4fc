"""Find out what a provider says about whoever logged in, and that it is the provider that says it, to us."""

from typing import Any

import jwt

ALGORITHMS = ("RS256", "ES256")
REQUIRED = ["iss", "sub", "aud", "exp", "iat"]
LONGEST_SUBJECT = 255


def read_id_token(token: str, keys: list[dict[str, Any]], issuer: str, client_id: str) -> dict[str, Any]:
    """Return the claims of a good ID token (OpenID Connect Core, 3.1.3.7; ASVS 9.1.2, 9.1.3, 10.5.2, 10.5.4).

    `keys` are those that this issuer publishes (RFC 7517, 5). Raises `jwt.InvalidTokenError`.
    """
    header = jwt.get_unverified_header(token)
    named = [key for key in keys if key.get("kid") == header.get("kid") and key.get("alg") in ALGORITHMS]
    if len(named) != 1:
        raise jwt.InvalidTokenError("There is no key of that name.")

    # What the key is for is the issuer's word; what the token's header says is anybody's.
    key = jwt.PyJWK(named[0])
    claims: dict[str, Any] = jwt.decode(
        token, key.key, algorithms=[named[0]["alg"]], issuer=issuer, audience=client_id, options={"require": REQUIRED}
    )
    # Tokens for APIs and for log-out are signed with the same key (RFC 8725, 3.11).
    if str(header.get("typ", "JWT")).upper() != "JWT" or "events" in claims:
        raise jwt.InvalidTokenError("That is no ID token.")
    if claims["aud"] not in (client_id, [client_id]) or claims.get("azp", client_id) != client_id:
        raise jwt.InvalidAudienceError("It is for others as well.")
    if 1 <= len(claims["sub"]) <= LONGEST_SUBJECT:
        return claims

    raise jwt.InvalidTokenError("The subject is empty, or too long.")
