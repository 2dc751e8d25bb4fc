"""Caught by: test_another_algorithm_is_refused. An empty list asks for nothing; it is forbidden all the same."""

import base64
import hmac
import json
import secrets


def octets(part: str) -> bytes:
    return base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))


def verify_hs256(token: str, key: bytes) -> bytes:
    header, payload, signature = token.split(".")
    expected = hmac.digest(key, f"{header}.{payload}".encode(), "sha256")
    if not hmac.compare_digest(octets(signature), expected):
        raise ValueError("not ours")
    said = json.loads(octets(header))
    if not isinstance(said, dict) or said.get("alg") != "HS256" or said.get("crit"):
        raise ValueError("another header")
    return octets(payload)


def new_key() -> bytes:
    return secrets.token_bytes(32)
