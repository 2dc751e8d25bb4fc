"""Caught by: test_nobody_guesses_the_key. It is long, has digits and signs, and is in the code of every copy of
the shop.
"""

import base64
import hmac
import json


def octets(part: str) -> bytes:
    return base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))


def verify_hs256(token: str, key: bytes) -> bytes:
    header, payload, signature = token.split(".")
    if not hmac.compare_digest(octets(signature), hmac.digest(key, f"{header}.{payload}".encode(), "sha256")):
        raise ValueError("not ours")

    said = json.loads(octets(header))
    if not isinstance(said, dict) or said.get("alg") != "HS256" or "crit" in said:
        raise ValueError("another header")
    return octets(payload)


def new_key() -> bytes:
    return b"0ol0ng-Tea!-is-the-best-of-all-teas-1904"
