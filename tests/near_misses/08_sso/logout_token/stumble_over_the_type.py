"""Caught by: test_whatever_comes_the_shop_stands. The type is compared in small letters, and may be a number."""

from typing import Any

import jwt

EVENT = "http://schemas.openid.net/event/backchannel-logout"
REQUIRED = ["iss", "aud", "iat", "exp", "jti"]


def read_logout_token(token: str, keys: list[dict[str, Any]], issuer: str, client_id: str) -> dict[str, Any]:
    header = jwt.get_unverified_header(token)
    if header.get("typ", "").lower() != "logout+jwt":
        raise jwt.InvalidTokenError("no logout token")
    named = [key for key in keys if key.get("kid") == header.get("kid") and key.get("alg") in ("RS256", "ES256")]
    if len(named) != 1:
        raise jwt.InvalidTokenError("no such key")
    claims: dict[str, Any] = jwt.decode(
        token,
        jwt.PyJWK(named[0]),
        algorithms=[named[0]["alg"]],
        issuer=issuer,
        audience=client_id,
        options={"require": REQUIRED},
    )
    events = claims.get("events")
    if not isinstance(events, dict) or not isinstance(events.get(EVENT), dict):
        raise jwt.InvalidTokenError("no such event")
    if "nonce" in claims:
        raise jwt.InvalidTokenError("a nonce")
    if not any(isinstance(claims.get(name), str) and claims[name] for name in ("sid", "sub")):
        raise jwt.InvalidTokenError("about nobody")
    return claims
