"""Caught by: test_another_algorithm_is_refused. The signature is right, whatever the header says; one day it is
obeyed.
"""

import base64
import hmac
import secrets


def octets(part: str) -> bytes:
    return base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))


def verify_hs256(token: str, key: bytes) -> bytes:
    header, payload, signature = token.split(".")
    if not hmac.compare_digest(octets(signature), hmac.digest(key, f"{header}.{payload}".encode(), "sha256")):
        raise ValueError("not ours")
    return octets(payload)


def new_key() -> bytes:
    return secrets.token_bytes(32)
