"""Caught by: test_what_is_not_signed_is_refused. It compares every byte of the signature that came."""

import base64
import hmac
import json
import secrets


def octets(part: str) -> bytes:
    return base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))


def verify_hs256(token: str, key: bytes) -> bytes:
    header, payload, signature = token.split(".")
    expected = hmac.digest(key, f"{header}.{payload}".encode(), "sha256")
    if any(ours != theirs for ours, theirs in zip(expected, octets(signature), strict=False)):
        raise ValueError("not ours")

    said = json.loads(octets(header))
    if not isinstance(said, dict) or said.get("alg") != "HS256" or "crit" in said:
        raise ValueError("another header")
    return octets(payload)


def new_key() -> bytes:
    return secrets.token_bytes(32)
