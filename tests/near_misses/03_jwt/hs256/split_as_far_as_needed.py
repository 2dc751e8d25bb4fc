"""Caught by: test_a_token_has_three_parts. What comes behind the third part is left over, and nobody looks at it."""

import base64
import hmac
import json
import secrets


def octets(part: str) -> bytes:
    return base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))


def verify_hs256(token: str, key: bytes) -> bytes:
    header, payload, signature = (token.split(".") + ["", "", ""])[:3]
    if not hmac.compare_digest(octets(signature), hmac.digest(key, f"{header}.{payload}".encode(), "sha256")):
        raise ValueError("not ours")

    said = json.loads(octets(header))
    if not isinstance(said, dict) or said.get("alg") != "HS256" or "crit" in said:
        raise ValueError("another header")
    return octets(payload)


def new_key() -> bytes:
    return secrets.token_bytes(32)
