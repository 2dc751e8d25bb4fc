"""Judge the ID token of another provider, step by step (OpenID Connect Core, 3.1.3.7)."""

from typing import Any

import jwt

from labsrv.provider.minting import half_hash

ALGORITHMS = ("RS256", "ES256")
REQUIRED = ["iss", "sub", "aud", "exp", "iat", "nonce"]
LONGEST_SUBJECT = 255


def judge_id_token(tokens: dict[str, Any], jwks: dict[str, Any], other: dict[str, Any], nonce: str) -> dict[str, Any]:
    """Return the claims of the ID token among these tokens; raises `jwt.PyJWTError`, `KeyError` or `TypeError`."""
    claims = verify(tokens["id_token"], jwks, other)

    # 3.1.3.7, 4 and 5: if it says to whom it was issued, then to us.
    if claims.get("azp", other["client_id"]) != other["client_id"]:
        raise jwt.InvalidTokenError("It was issued to somebody else.")
    # 11: the nonce that we sent.
    if claims["nonce"] != nonce:
        raise jwt.InvalidTokenError("It belongs to another login.")
    # 3.1.3.8: it goes with this very access token, if it says with which one.
    if claims.get("at_hash", half_hash(tokens["access_token"])) != half_hash(tokens["access_token"]):
        raise jwt.InvalidTokenError("It goes with another access token.")
    if 0 < len(claims["sub"]) <= LONGEST_SUBJECT:
        return claims

    raise jwt.InvalidTokenError("That is no subject.")


def verify(token: str, jwks: dict[str, Any], other: dict[str, Any]) -> dict[str, Any]:
    """Return the claims of a token of this provider, for us, of now (3.1.3.7, 2, 3, 6, 7, 9, 10)."""
    header = jwt.get_unverified_header(token)
    # By its name, among the keys that this provider publishes; the algorithm is the key's, and one of ours.
    key = jwt.PyJWKSet.from_dict(jwks)[str(header.get("kid"))]
    # RFC 8725, 3.11: an access token of the same provider is no ID token.
    if key.algorithm_name not in ALGORITHMS or str(header.get("typ", "JWT")).upper() != "JWT":
        raise jwt.InvalidTokenError("It is of another kind.")

    read: dict[str, Any] = jwt.decode(
        token,
        key.key,
        algorithms=[key.algorithm_name],
        audience=other["client_id"],
        issuer=other["issuer"],
        options={"require": REQUIRED},
    )
    # 3: nobody else besides us, whom we would have to trust as well.
    if read["aud"] in (other["client_id"], [other["client_id"]]):
        return read

    raise jwt.InvalidAudienceError("It is for somebody else as well.")
