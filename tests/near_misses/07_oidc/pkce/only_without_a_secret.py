"""Caught by: test_a_leaked_code_is_worth_nothing. PKCE is for apps on phones, it seems: a shop with a secret has no
need of it.
"""

import base64
import hashlib

CLIENT_SECRET = "configured"


def code_challenge(verifier: str) -> str:
    if CLIENT_SECRET:
        return ""

    return base64.urlsafe_b64encode(hashlib.sha256(verifier.encode("ascii")).digest()).rstrip(b"=").decode()
