"""Compares the signature as text, in its one spelling; the key is drawn as hexadecimal letters, 64 of them."""

import base64
import hmac
import json
import secrets


class BadToken(ValueError):
    pass


def octets(part: str) -> bytes:
    return base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))


def sign(key: bytes, message: str) -> str:
    return base64.urlsafe_b64encode(hmac.new(key, message.encode("ascii"), "sha256").digest()).decode().rstrip("=")


def verify_hs256(token: str, key: bytes) -> bytes:
    if token.count(".") != 2:
        raise BadToken("shape")
    signed, signature = token.rsplit(".", 1)
    if not hmac.compare_digest(sign(key, signed).encode(), signature.encode()):
        raise BadToken("signature")
    header, payload = signed.split(".")
    try:
        fields = dict(json.loads(octets(header)).items())
    except AttributeError as error:
        raise BadToken("no object") from error
    if fields.pop("alg", None) != "HS256" or "crit" in fields:
        raise BadToken("header")
    return octets(payload)


def new_key() -> bytes:
    return secrets.token_hex(32).encode()
