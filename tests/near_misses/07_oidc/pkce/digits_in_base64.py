"""Caught by: test_the_example_of_the_standard. Hash, then base64url: of the hash's hexadecimal digits."""

import base64
import hashlib


def code_challenge(verifier: str) -> str:
    digest = hashlib.sha256(verifier.encode()).hexdigest()
    return base64.urlsafe_b64encode(digest.encode()).rstrip(b"=").decode()
