"""Caught by: test_only_the_provider_signs. Every claim is compared; the connection is the shop's own, after all."""

from typing import Any

import jwt


def read_id_token(token: str, keys: list[dict[str, Any]], issuer: str, client_id: str) -> dict[str, Any]:
    options = {
        "verify_signature": False,
        "verify_exp": True,
        "verify_iat": True,
        "verify_iss": True,
        "require": ["iss", "sub", "aud", "exp", "iat"],
    }
    claims: dict[str, Any] = jwt.decode(token, options=options, issuer=issuer)
    header = jwt.get_unverified_header(token)
    if header.get("typ", "JWT") != "JWT" or "events" in claims:
        raise jwt.InvalidTokenError("no ID token")
    if claims["aud"] not in (client_id, [client_id]) or claims.get("azp", client_id) != client_id:
        raise jwt.InvalidAudienceError("for others")
    if not claims["sub"] or len(claims["sub"]) > 255:
        raise jwt.InvalidSubjectError("nobody")
    return claims
