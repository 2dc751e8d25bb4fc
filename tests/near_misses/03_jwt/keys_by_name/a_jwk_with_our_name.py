"""Caught by: test_no_key_is_brought_along. It takes a key that comes along only where it has the name of one of
ours.
"""

from typing import Any

from labsrv.kit.keys import Key, Keys


def find_key(keys: Keys, header: dict[str, Any]) -> Key | None:
    jwk = header.get("jwk")
    named = isinstance(jwk, dict) and jwk.get("kid") in [key.kid for key in keys.all()]
    for key in keys.all():
        if key.kid == header.get("kid") and (key.until is None or keys.now() < key.until):
            return keys.from_jwk(jwk) if named else key
    return None
