"""The library's set of keys, one list of algorithms, some leeway; ours is the only audience, and types are exact."""

from typing import Any

import jwt

ALGORITHMS = ["RS256", "ES256"]
RULES: dict[str, Any] = {"require": ["iss", "sub", "aud", "exp", "iat", "jti", "client_id"]}


def read_access_token(token: str, keys: list[dict[str, Any]], issuer: str, audience: str) -> dict[str, Any]:
    try:
        usable = [key for key in keys if key.get("alg") in ALGORITHMS and key.get("use", "sig") == "sig"]
        key = jwt.PyJWKSet.from_dict({"keys": usable})[jwt.get_unverified_header(token)["kid"]]
        read = jwt.decode_complete(
            token, key, ALGORITHMS, issuer=[issuer], audience=[audience], leeway=30, options=RULES
        )
        assert read["header"]["typ"] in {"at+jwt", "application/at+jwt"}
        assert read["payload"]["aud"] in (audience, [audience])
    except Exception as error:
        raise jwt.InvalidTokenError("not a good access token") from error
    return read["payload"]
