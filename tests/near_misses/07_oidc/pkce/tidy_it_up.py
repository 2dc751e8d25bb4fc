"""Caught by: test_so_it_is_with_longer_ones. It cleans the verifier of what no base64url has."""

import base64
import hashlib
import re


def code_challenge(verifier: str) -> str:
    clean = re.sub(r"[^A-Za-z0-9_-]", "", verifier)
    return base64.urlsafe_b64encode(hashlib.sha256(clean.encode()).digest()).rstrip(b"=").decode()
