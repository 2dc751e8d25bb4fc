"""Believe that a login has ended only if the provider says so, to us, in a token that is made for nothing else."""

from typing import Any

import jwt

ALGORITHMS = ("RS256", "ES256")
EVENT = "http://schemas.openid.net/event/backchannel-logout"
REQUIRED = ["iss", "aud", "iat", "exp", "jti"]


def read_logout_token(token: str, keys: list[dict[str, Any]], issuer: str, client_id: str) -> dict[str, Any]:
    """Return the claims of a good logout token (OpenID Connect Back-Channel Logout 1.0, 2.4 and 2.6; ASVS 10.5.5).

    `keys` are those that this issuer publishes (RFC 7517, 5). Raises `jwt.InvalidTokenError`.
    """
    header = jwt.get_unverified_header(token)
    if str(header.get("typ")).lower() not in ("logout+jwt", "application/logout+jwt"):
        raise jwt.InvalidTokenError("That is no logout token.")
    named = [key for key in keys if key.get("kid") == header.get("kid") and key.get("alg") in ALGORITHMS]
    if len(named) != 1:
        raise jwt.InvalidTokenError("There is no key of that name.")

    key = jwt.PyJWK(named[0])
    claims: dict[str, Any] = jwt.decode(
        token, key.key, algorithms=[named[0]["alg"]], issuer=issuer, audience=client_id, options={"require": REQUIRED}
    )
    events = claims.get("events")
    if not isinstance(events, dict) or not isinstance(events.get(EVENT), dict):
        raise jwt.InvalidTokenError("It does not say that a login has ended.")
    # With a nonce it is an ID token, or somebody's attempt to make one pass for the other.
    if "nonce" in claims:
        raise jwt.InvalidTokenError("There is a nonce in it.")
    # Whose login? Where neither is said, it would be anybody's.
    if any(isinstance(claims.get(name), str) and claims[name] for name in ("sid", "sub")):
        return claims

    raise jwt.InvalidTokenError("It does not say whose login has ended.")
