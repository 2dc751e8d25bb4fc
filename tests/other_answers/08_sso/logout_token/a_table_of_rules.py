"""An error of its own, every rule a line of a table, the library's set of keys, and stricter than one has to be."""

from collections.abc import Callable
from typing import Any

import jwt

EVENT = "http://schemas.openid.net/event/backchannel-logout"
ALGORITHMS = ["RS256", "ES256"]


class NoLogoutToken(jwt.InvalidTokenError):
    """Why not."""


RULES: dict[str, Callable[[dict[str, Any], dict[str, Any]], bool]] = {
    "another type": lambda header, claims: header["typ"] == "logout+jwt",
    "other events": lambda header, claims: claims["events"] == {EVENT: {}},
    "a nonce": lambda header, claims: not {"nonce"} & set(claims),
    "no text": lambda header, claims: all(type(claims.get(name, "")) is str for name in ("sub", "sid", "jti")),
    "about nobody": lambda header, claims: claims.get("sub", "") + claims.get("sid", "") > "",
}


def key_for(token: str, keys: list[dict[str, Any]]) -> jwt.PyJWK:
    usable = [key for key in keys if key.get("alg") in ALGORITHMS and key.get("use", "sig") == "sig"]
    return jwt.PyJWKSet.from_dict({"keys": usable})[jwt.get_unverified_header(token)["kid"]]


def read_logout_token(token: str, keys: list[dict[str, Any]], issuer: str, client_id: str) -> dict[str, Any]:
    try:
        read = jwt.decode_complete(
            token,
            key_for(token, keys),
            ALGORITHMS,
            options={"require": ["iat", "exp", "jti", "events"], "strict_aud": False},
            audience=[client_id],
            issuer=[issuer],
            leeway=10,
        )
        wrong = [why for why, rule in RULES.items() if not rule(read["header"], read["payload"])]
    except Exception as error:
        raise NoLogoutToken("no token") from error
    if wrong:
        raise NoLogoutToken(", ".join(wrong))
    return read["payload"]
