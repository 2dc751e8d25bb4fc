"""Caught by: test_stray_bits_are_refused. Each character is of the alphabet; the last one can have bits to spare."""

import base64
import re


def base64url_decode(text: str) -> bytes:
    if not re.fullmatch("[A-Za-z0-9_-]*", text):
        raise ValueError("not the alphabet")
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
