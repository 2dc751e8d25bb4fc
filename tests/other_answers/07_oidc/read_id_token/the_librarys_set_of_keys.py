"""The library's set of keys, and one list of algorithms: a key can do only one of them; some leeway."""

from typing import Any

import jwt

ALGORITHMS = ["RS256", "ES256"]


def read_id_token(token: str, keys: list[dict[str, Any]], issuer: str, client_id: str) -> dict[str, Any]:
    try:
        read = jwt.decode_complete(token, key_for(token, keys), ALGORITHMS, issuer=[issuer], leeway=30, **RULES)
        check(read["header"], read["payload"], client_id)
    except Exception as error:
        raise jwt.InvalidTokenError("not a good ID token") from error
    return read["payload"]


RULES: dict[str, Any] = {"options": {"require": ["iss", "sub", "aud", "exp", "iat"], "verify_aud": False}}


def key_for(token: str, keys: list[dict[str, Any]]) -> jwt.PyJWK:
    usable = [key for key in keys if key.get("alg") in ALGORITHMS and key.get("use", "sig") == "sig"]
    return jwt.PyJWKSet.from_dict({"keys": usable})[jwt.get_unverified_header(token)["kid"]]


def check(header: dict[str, Any], claims: dict[str, Any], client_id: str) -> None:
    audience = claims["aud"] if isinstance(claims["aud"], list) else [claims["aud"]]
    assert audience == [client_id]
    assert claims.get("azp") in (None, client_id)
    assert header.get("typ") in (None, "JWT", "jwt")
    assert claims.get("events") is None
    assert 0 < len(claims["sub"]) < 256
