"""Caught by: test_so_it_is_with_any_other. It trims the challenge, and what it trims off may belong to it."""

import base64
import hashlib


def code_challenge(verifier: str) -> str:
    digest = hashlib.sha256(verifier.encode("ascii")).digest()
    return base64.urlsafe_b64encode(digest).decode().strip("=_- ")
