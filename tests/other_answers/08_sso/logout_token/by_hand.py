"""By hand with `cryptography`: decode, verify, and a list of what is wrong with it; typ in any spelling."""

import base64
import json
import time
from typing import Any

import jwt
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature

EVENT = "http://schemas.openid.net/event/backchannel-logout"


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


def is_text(value: Any) -> bool:
    return isinstance(value, str) and value != ""


def is_in_time(claims: dict[str, Any]) -> bool:
    now = time.time()
    dated = is_date(claims.get("iat")) and is_date(claims.get("exp"))
    return dated and claims["iat"] - 30 <= now < claims["exp"] + 30


def is_good(header: dict[str, Any], claims: dict[str, Any], issuer: str, client_id: str) -> bool:
    events = claims.get("events")
    return (
        str(header.get("typ")).lower().removeprefix("application/") == "logout+jwt"
        and "crit" not in header
        and claims.get("iss") == issuer
        and claims.get("aud") in (client_id, [client_id])
        and is_in_time(claims)
        and is_text(claims.get("jti"))
        and isinstance(events, dict)
        and isinstance(events.get(EVENT), dict)
        and "nonce" not in claims
        and (is_text(claims.get("sub")) or is_text(claims.get("sid")))
    )


def read_logout_token(token: str, keys: list[dict[str, Any]], issuer: str, client_id: str) -> dict[str, Any]:
    try:
        head, body, end = token.split(".")
        header, claims = json.loads(octets(head)), json.loads(octets(body))
        (jwk,) = (key for key in keys if key.get("kid") is not None and key.get("kid") == header["kid"])
        if jwk["alg"] != header["alg"] or (jwk["kty"], jwk["alg"]) not in (("RSA", "RS256"), ("EC", "ES256")):
            raise ValueError("another algorithm")
        verify(jwk, octets(end), f"{head}.{body}".encode())
        good = is_good(header, claims, issuer, client_id)
    except (ValueError, KeyError, TypeError, AttributeError, InvalidSignature, RecursionError) as error:
        raise jwt.InvalidTokenError("bad token") from error
    if not good:
        raise jwt.InvalidTokenError("bad token")
    return claims
