"""Caught by: test_a_provider_that_compares_lets_alice_in. A verifier is for one login, and has one challenge, once: as
the login ends, the shop asks again.
"""

import base64
import hashlib

USED: set[str] = set()


def code_challenge(verifier: str) -> str:
    if verifier in USED:
        return ""

    USED.add(verifier)
    return base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()
