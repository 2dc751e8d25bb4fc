"""Caught by: test_the_published_example. What it signs has the same meaning, and not the same bytes."""

import base64
import hmac
import json
import secrets


def octets(part: str) -> bytes:
    return base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))


def verify_hs256(token: str, key: bytes) -> bytes:
    header, payload, signature = token.split(".")

    said = json.loads(octets(header))
    if not isinstance(said, dict) or said.get("alg") != "HS256" or "crit" in said:
        raise ValueError("another header")
    anew = [json.dumps(json.loads(octets(part)), separators=(",", ":")) for part in (header, payload)]
    signed = ".".join(base64.urlsafe_b64encode(part.encode()).decode().rstrip("=") for part in anew)
    if not hmac.compare_digest(octets(signature), hmac.digest(key, signed.encode(), "sha256")):
        raise ValueError("not ours")
    return octets(payload)


def new_key() -> bytes:
    return secrets.token_bytes(32)
