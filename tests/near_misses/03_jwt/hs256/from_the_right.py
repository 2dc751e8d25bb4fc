"""Caught by: test_a_token_has_three_parts. The signature stands behind the last dot, and all before it is signed."""

import base64
import hmac
import json
import secrets


def octets(part: str) -> bytes:
    return base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))


def verify_hs256(token: str, key: bytes) -> bytes:
    signed, _, signature = token.rpartition(".")
    expected = hmac.digest(key, signed.encode(), "sha256")
    if not hmac.compare_digest(octets(signature), expected):
        raise ValueError("not ours")
    header, _, payload = signed.partition(".")
    said = json.loads(octets(header))
    if not isinstance(said, dict) or said.get("alg") != "HS256" or "crit" in said:
        raise ValueError("another header")
    return octets(payload)


def new_key() -> bytes:
    return secrets.token_bytes(32)
