"""Caught by: test_so_it_is_with_longer_ones. It cuts long verifiers: a hash of 256 bits needs no more, it seems."""

import base64
import hashlib


def code_challenge(verifier: str) -> str:
    digest = hashlib.sha256(verifier[:64].encode("ascii")).digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
