"""A class of errors of its own, every rule a line of a table, and the first key of that name that verifies."""

from typing import Any

import jwt


class NoIdToken(jwt.InvalidTokenError):
    """Why not."""


RULES = {
    "another type": lambda header, claims, client: header.get("typ") is not None and header["typ"] != "JWT",
    "a log-out token": lambda header, claims, client: "events" in claims,
    "several audiences": lambda header, claims, client: isinstance(claims["aud"], list) and len(claims["aud"]) != 1,
    "another party": lambda header, claims, client: claims.get("azp") not in (None, client),
    "no subject": lambda header, claims, client: claims["sub"] == "",
    "a long subject": lambda header, claims, client: len(claims["sub"]) > 255,
}


def read_id_token(token: str, keys: list[dict[str, Any]], issuer: str, client_id: str) -> dict[str, Any]:
    kid = jwt.get_unverified_header(token).get("kid")
    if not isinstance(kid, str):
        raise NoIdToken("no name of a key")
    for jwk in keys:
        if jwk.get("kid") == kid and jwk.get("alg") in {"RS256", "ES256"}:
            read = jwt.decode_complete(
                token,
                jwt.PyJWK.from_dict(jwk),
                [jwk["alg"]],
                audience=client_id,
                issuer=issuer,
                options={"require": ["exp", "iat", "sub"]},
            )
            wrong = [why for why, rule in RULES.items() if rule(read["header"], read["payload"], client_id)]
            if wrong:
                raise NoIdToken(", ".join(wrong))
            return read["payload"]
    raise NoIdToken("no such key")
