"""Caught by: test_the_example_of_the_standard. It looks like base64url, and is read as such before it is hashed."""

import base64
import hashlib


def code_challenge(verifier: str) -> str:
    drawn = base64.urlsafe_b64decode(verifier + "=" * (-len(verifier) % 4))
    return base64.urlsafe_b64encode(hashlib.sha256(drawn).digest()).rstrip(b"=").decode()
