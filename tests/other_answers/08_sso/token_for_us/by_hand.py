"""By hand with `cryptography`: decode, verify and compare, without a library for tokens; ours may be one of several."""

import base64
import json
import time
from typing import Any

import jwt
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature

TYPES = {"at+jwt", "application/at+jwt"}


def octets(part: str) -> bytes:
    return base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))


def integer(part: str) -> int:
    return int.from_bytes(octets(part), "big")


def verify(jwk: dict[str, Any], signature: bytes, text: bytes) -> None:
    if jwk["kty"] == "RSA":
        public = rsa.RSAPublicNumbers(integer(jwk["e"]), integer(jwk["n"])).public_key()
        public.verify(signature, text, padding.PKCS1v15(), hashes.SHA256())
    else:
        curve = ec.EllipticCurvePublicNumbers(integer(jwk["x"]), integer(jwk["y"]), ec.SECP256R1()).public_key()
        r, s = (int.from_bytes(half, "big") for half in (signature[:32], signature[32:]))
        curve.verify(encode_dss_signature(r, s), text, ec.ECDSA(hashes.SHA256()))


def is_date(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def is_good(header: dict[str, Any], claims: dict[str, Any], issuer: str, audience: str) -> bool:
    now = time.time()
    meant = claims.get("aud")
    return (
        header.get("typ") in TYPES
        and "crit" not in header
        and claims.get("iss") == issuer
        and (meant == audience or (isinstance(meant, list) and audience in meant))
        and all(is_date(claims.get(name)) for name in ("exp", "iat"))
        and is_date(claims.get("nbf", 0))
        and claims.get("nbf", 0) - 5 <= now < claims["exp"]
        and claims["iat"] - 5 <= now
        and all(isinstance(claims.get(name), str) for name in ("sub", "client_id", "jti"))
    )


def read_access_token(token: str, keys: list[dict[str, Any]], issuer: str, audience: str) -> dict[str, Any]:
    try:
        head, body, end = token.split(".")
        header, claims = json.loads(octets(head)), json.loads(octets(body))
        (jwk,) = (key for key in keys if key.get("kid") is not None and key.get("kid") == header["kid"])
        if jwk["alg"] != header["alg"] or (jwk["kty"], jwk["alg"]) not in (("RSA", "RS256"), ("EC", "ES256")):
            raise ValueError("another algorithm")
        verify(jwk, octets(end), f"{head}.{body}".encode())
        if not is_good(header, claims, issuer, audience):
            raise ValueError("another kind of token, or for another API")
    except (ValueError, KeyError, TypeError, AttributeError, InvalidSignature, RecursionError) as error:
        raise jwt.InvalidTokenError("bad token") from error
    return claims
