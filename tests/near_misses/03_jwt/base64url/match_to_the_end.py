"""Caught by: test_another_spelling_is_refused. `$` also matches before a line break at the end."""

import base64
import re


def base64url_decode(text: str) -> bytes:
    if not re.match(r"^[A-Za-z0-9_-]*$", text):
        raise ValueError("not the alphabet")
    data = base64.urlsafe_b64decode(text + "=" * (-len(text.strip()) % 4))
    if base64.urlsafe_b64encode(data).decode().rstrip("=") != text.strip():
        raise ValueError("stray bits")
    return data
