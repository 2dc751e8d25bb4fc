"""Caught by: test_the_example_of_the_standard. A SHA-256, and safe in any address: its digits are hashed text, not
base64url.
"""

import hashlib


def code_challenge(verifier: str) -> str:
    return hashlib.sha256(verifier.encode()).hexdigest()
