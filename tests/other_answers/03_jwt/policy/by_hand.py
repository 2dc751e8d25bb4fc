"""By hand with `cryptography`: each part is decoded, verified and compared without a library for tokens."""

import base64
import json
import time
from typing import Any

import jwt
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding

from labsrv.kit.keys import Key


def octets(part: str) -> bytes:
    return base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))


def is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def faults(header: Any, claims: Any, issuer: str, audience: str) -> bool:
    now = time.time()
    if not isinstance(header, dict) or not isinstance(claims, dict):
        return True
    aud = claims.get("aud")
    return (
        header.get("alg") != "RS256"
        or header.get("typ") not in ("at+jwt", "application/at+jwt")
        or "crit" in header
        or claims.get("iss") != issuer
        or not (aud == audience or (isinstance(aud, list) and audience in aud))
        or not isinstance(claims.get("sub"), str)
        or not all(is_number(claims.get(name, now - 1)) for name in ("exp", "iat", "nbf"))
        or not {"exp", "iat"} <= set(claims)
        or claims["exp"] <= now
        or claims["iat"] > now + 30
        or claims.get("nbf", 0) > now + 30
    )


def read_access_token(token: str, key: Key, issuer: str, audience: str) -> dict[str, Any]:
    try:
        head, body, signature = token.split(".")
        key.public.verify(octets(signature), f"{head}.{body}".encode(), padding.PKCS1v15(), hashes.SHA256())
        header, claims = json.loads(octets(head)), json.loads(octets(body))
    except (ValueError, InvalidSignature, RecursionError):
        raise jwt.InvalidTokenError("bad token") from None

    if faults(header, claims, issuer, audience):
        raise jwt.InvalidTokenError("bad token")

    return claims
