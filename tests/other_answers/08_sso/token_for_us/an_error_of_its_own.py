"""A class of errors of its own, the type without its prefix and in any case, and the first key of that name."""

from typing import Any

import jwt


class NotForUs(jwt.PyJWTError):
    """Why not."""


def read_access_token(token: str, keys: list[dict[str, Any]], issuer: str, audience: str) -> dict[str, Any]:
    header = jwt.get_unverified_header(token)
    kind, kid = header.get("typ"), header.get("kid")
    if not isinstance(kind, str) or kind.lower().removeprefix("application/") != "at+jwt":
        raise NotForUs(f"It is {kind!r:.20}.")
    for jwk in keys:
        if jwk.get("kid") == kid and jwk.get("alg") in {"RS256", "ES256"}:
            return checked(jwt.decode(token, jwt.PyJWK.from_dict(jwk), [jwk["alg"]], issuer=issuer, audience=audience))
    raise NotForUs("It is signed with a key that we do not know.")


def checked(claims: dict[str, Any]) -> dict[str, Any]:
    missing = [name for name in ("sub", "client_id", "jti", "iat", "exp") if claims.get(name) is None]
    if missing:
        raise NotForUs(f"It does not say {missing[0]}.")
    return claims
