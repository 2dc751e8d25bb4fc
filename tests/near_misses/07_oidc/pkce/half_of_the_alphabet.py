"""Caught by: test_so_it_is_with_any_other. It turns `+` into `-`, which is all that the example shows."""

import base64
import hashlib


def code_challenge(verifier: str) -> str:
    digest = hashlib.sha256(verifier.encode("ascii")).digest()
    return base64.b64encode(digest).decode().replace("+", "-").rstrip("=")
