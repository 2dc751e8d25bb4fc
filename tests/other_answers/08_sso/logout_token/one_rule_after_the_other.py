"""A rule a statement, `match` for what is in the claims, and the first key of that name that fits."""

from typing import Any

import jwt


def read_logout_token(token: str, keys: list[dict[str, Any]], issuer: str, client_id: str) -> dict[str, Any]:
    header = jwt.get_unverified_header(token)
    for jwk in keys:
        if header.get("kid") is not None and jwk.get("kid") == header["kid"] and jwk.get("alg") in {"RS256", "ES256"}:
            break
    else:
        raise jwt.exceptions.PyJWKSetError("no key of that name")

    if header.get("typ") not in ("logout+jwt", "application/logout+jwt"):
        raise jwt.InvalidTokenError("another type")
    claims: dict[str, Any] = jwt.decode(
        token,
        jwt.PyJWK.from_dict(jwk).key,
        [jwk["alg"]],
        issuer=issuer,
        audience=client_id,
        options={"require": ["exp", "iat", "jti"]},
    )
    match claims:
        case {"nonce": _}:
            raise jwt.InvalidTokenError("an ID token in disguise")
        case {"events": {"http://schemas.openid.net/event/backchannel-logout": dict()}, "sid": str(sid)} if sid:
            return claims
        case {"events": {"http://schemas.openid.net/event/backchannel-logout": dict()}, "sub": str(sub)} if sub:
            return claims
        case _:
            raise jwt.InvalidTokenError("nobody's, or no log-out")
