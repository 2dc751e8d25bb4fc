"""Tokens taken apart and put together, for whoever signs them: the shop, its tests, and Mallory.

compact({"alg": "none"}, {"sub": "alice"})            "eyJhbGciOiJub25lIn0.eyJzdWIiOiJhbGljZSJ9."
peek_unverified(token)                                what a header claims; nobody has checked it
"""

import base64
import binascii
import hmac
import json
from functools import cache
from typing import Any

import jwt
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

Part = bytes | dict[str, Any]


def encoded(data: bytes) -> str:
    """RFC 7515, 2: base64url without the padding."""
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def octets(part: Part) -> bytes:
    """Return the bytes of a part: JSON without blanks, unless it is bytes already."""
    return part if isinstance(part, bytes) else json.dumps(part, separators=(",", ":")).encode()


def signing_input(header: Part, payload: Part) -> str:
    """RFC 7515, 5.1: ASCII(BASE64URL(UTF8(JWS Protected Header)) || '.' || BASE64URL(JWS Payload))."""
    return f"{encoded(octets(header))}.{encoded(octets(payload))}"


def compact(header: Part, payload: Part, signature: bytes = b"") -> str:
    """Return a token with any signature, or with none."""
    return f"{signing_input(header, payload)}.{encoded(signature)}"


def hs256(header: Part, payload: Part, key: bytes) -> str:
    """Return a token with an HMAC-SHA256 over it, whatever its header says (RFC 7518, 3.2)."""
    return compact(header, payload, hmac.digest(key, signing_input(header, payload).encode(), "sha256"))


def rs256(header: Part, payload: Part, private: Any) -> str:
    """Return a token with an RSA signature over it, whatever its header says (RFC 7518, 3.3)."""
    signed = signing_input(header, payload).encode()
    return compact(header, payload, private.sign(signed, padding.PKCS1v15(), hashes.SHA256()))


def parts(token: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return header and claims as they are written. Nobody has checked them. Raises `jwt.DecodeError`."""
    return peek_unverified(token), json_of(token, 1)


def peek_unverified(token: str) -> dict[str, Any]:
    """Return what a token's header claims. Nobody has checked it. Raises `jwt.DecodeError`."""
    return json_of(token, 0)


def json_of(token: str, at: int) -> dict[str, Any]:
    """Return one part of a token, a JSON object; raises `jwt.DecodeError`."""
    try:
        part = token.split(".")[at]
        found = json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))
    except (IndexError, ValueError, binascii.Error, RecursionError):
        raise jwt.DecodeError("That part is no JSON in base64url.") from None

    if isinstance(found, dict):
        return found

    raise jwt.DecodeError("That part is no JSON object.")


@cache
def key_pair(name: str) -> Any:
    """Return the private RSA key of that name: made when it is first asked for, and the same until this process ends.

    Making one takes a tenth of a second, which no check of a token is about.
    """
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def jwk_of(private: Any) -> dict[str, str]:
    """Return the public part of a key as a JWK (RFC 7517)."""
    found: dict[str, Any] = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(private.public_key()))
    return {name: found[name] for name in ("kty", "n", "e")}


def private_pem_of(private: Any) -> str:
    """Return a private key as PEM."""
    return str(private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode())
