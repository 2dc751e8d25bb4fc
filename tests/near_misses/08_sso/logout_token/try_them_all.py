"""Caught by: test_key_and_algorithm_are_the_providers. A provider that changes its keys may be ahead of its names:
where none has that name, all are tried.
"""

from typing import Any

import jwt

EVENT = "http://schemas.openid.net/event/backchannel-logout"
REQUIRED = ["iss", "aud", "iat", "exp", "jti"]


def read_logout_token(token: str, keys: list[dict[str, Any]], issuer: str, client_id: str) -> dict[str, Any]:
    header = jwt.get_unverified_header(token)
    if header.get("typ") != "logout+jwt":
        raise jwt.InvalidTokenError("no logout token")
    named = [key for key in keys if key.get("kid") == header.get("kid") and key.get("alg") in ("RS256", "ES256")]
    usable = [key for key in keys if key.get("alg") in ("RS256", "ES256") and isinstance(key.get("kid"), str)]
    claims: dict[str, Any] = {}
    for key in named or usable:
        try:
            claims = jwt.decode(
                token,
                jwt.PyJWK(key),
                algorithms=["RS256", "ES256"],
                issuer=issuer,
                audience=client_id,
                options={"require": REQUIRED},
            )
        except jwt.InvalidSignatureError:
            continue
        break
    events = claims.get("events")
    if not isinstance(events, dict) or not isinstance(events.get(EVENT), dict):
        raise jwt.InvalidTokenError("no such event")
    if "nonce" in claims:
        raise jwt.InvalidTokenError("a nonce")
    if not any(isinstance(claims.get(name), str) and claims[name] for name in ("sid", "sub")):
        raise jwt.InvalidTokenError("about nobody")
    return claims
