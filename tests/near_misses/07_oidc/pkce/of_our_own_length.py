"""Caught by: test_so_it_is_with_longer_ones. Nothing else than what the shop draws today has a challenge."""

import base64
import hashlib
import re


def code_challenge(verifier: str) -> str:
    if not re.fullmatch(r"[\w-]{43}", verifier, re.ASCII):
        return ""

    return base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()
