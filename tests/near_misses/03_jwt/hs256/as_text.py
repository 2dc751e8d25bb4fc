"""Caught by: test_nobody_guesses_the_key. It is 32 characters long; a character of hexadecimal has four bits."""

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
    if not isinstance(said, dict) or said.get("alg") != "HS256" or "crit" in said:
        raise ValueError("another header")
    return octets(payload)


def new_key() -> bytes:
    return secrets.token_hex(16).encode()
