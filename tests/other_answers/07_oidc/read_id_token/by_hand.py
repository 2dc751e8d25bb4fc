"""By hand with `cryptography`: decode, verify and compare, without a library for tokens; the kind of key decides."""

import base64
import json
import time
from typing import Any

import jwt
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature


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


def faults(header: Any, claims: Any, issuer: str, client_id: str) -> bool:
    now = time.time()
    if not isinstance(claims, dict):
        return True
    return (
        header.get("typ", "JWT") != "JWT"
        or "crit" in header
        or "events" in claims
        or claims.get("iss") != issuer
        or claims.get("aud") not in (client_id, [client_id])
        or ("azp" in claims and claims["azp"] != client_id)
        or not all(is_date(claims.get(name)) for name in ("exp", "iat"))
        or not is_date(claims.get("nbf", 0))
        or not claims.get("nbf", 0) - 5 <= now < claims["exp"]
        or now < claims["iat"] - 5
        or not isinstance(claims.get("sub"), str)
        or not 1 <= len(claims["sub"]) <= 255
    )


def read_id_token(token: str, keys: list[dict[str, Any]], issuer: str, client_id: str) -> dict[str, Any]:
    try:
        head, body, end = token.split(".")
        header, claims = json.loads(octets(head)), json.loads(octets(body))
        (jwk,) = (key for key in keys if key.get("kid") is not None and key.get("kid") == header["kid"])
        if jwk["alg"] != header["alg"] or (jwk["kty"], jwk["alg"]) not in (("RSA", "RS256"), ("EC", "ES256")):
            raise ValueError("another algorithm")
        verify(jwk, octets(end), f"{head}.{body}".encode())
    except (ValueError, KeyError, TypeError, AttributeError, InvalidSignature, RecursionError) as error:
        raise jwt.InvalidTokenError("bad token") from error
    if faults(header, claims, issuer, client_id):
        raise jwt.InvalidTokenError("bad token")
    return claims
