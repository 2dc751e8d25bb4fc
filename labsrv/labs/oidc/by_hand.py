"""ID tokens taken apart and judged with one's own hands: for flaws and attacks, which libraries refuse to commit."""

import base64
import hmac
import json
import time
from typing import Any

import jwt
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

Claims = dict[str, Any]


def header_of(token: str) -> Claims:
    """Return what a token's header says. Nobody has checked it. Raises `jwt.DecodeError`."""
    return dict(jwt.get_unverified_header(token))


def claims_of(token: str) -> Claims:
    """Return what a token says. Nobody has checked it. Raises `jwt.DecodeError`."""
    return dict(jwt.decode(token, options={"verify_signature": False}))


def by_policy(claims: Claims, issuer: str, client_id: str) -> Claims:
    """Return claims that are in order but for the signature, which nobody looks at; raises `jwt.InvalidTokenError`."""
    good = claims.get("iss") == issuer and claims.get("aud") == client_id and claims.get("sub")
    if good and claims.get("exp", 0) > time.time() >= claims.get("iat", 0):
        return claims

    raise jwt.InvalidTokenError("The claims are not in order.")


def pem_of(jwk: Claims) -> bytes:
    """Return a published key as PEM."""
    public: bytes = jwt.PyJWK(jwk).key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    return public


def signed_with_the_public_key(token: str, keys: list[Claims]) -> bool:
    """Return whether somebody took a published key for a secret, and made an HMAC with it (RFC 8725, 2.1)."""
    text, _, signature = token.rpartition(".")
    made = [encoded(hmac.digest(pem_of(key), text.encode(), "sha256")) for key in keys]
    return signature in made


def encoded(data: bytes) -> str:
    """RFC 7515, 2: base64url without the padding."""
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def unsigned(header: Claims, claims: Claims) -> str:
    """Return header and payload of a token, as they are signed (RFC 7515, 5.1)."""
    return ".".join(encoded(json.dumps(each).encode()) for each in (header, claims))


def without_signature(claims: Claims) -> str:
    """Return an unsecured token (RFC 7519, 6)."""
    return unsigned({"alg": "none", "typ": "JWT"}, claims) + "."


def with_the_public_key(claims: Claims, jwk: Claims) -> str:
    """Return a token with an HMAC over it, made with what everybody has."""
    text = unsigned({"alg": "HS256", "typ": "JWT", "kid": jwk["kid"]}, claims)
    return f"{text}.{encoded(hmac.digest(pem_of(jwk), text.encode(), 'sha256'))}"
