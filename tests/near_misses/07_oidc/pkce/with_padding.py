"""Caught by: test_the_example_of_the_standard. What Python's base64url returns ends with a `=`."""

import base64
import hashlib


def code_challenge(verifier: str) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).decode()
