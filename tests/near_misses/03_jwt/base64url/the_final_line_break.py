"""Caught by: test_another_spelling_is_refused. `$` stands before a line break too, and the way back is cut there."""

import base64
import re


def base64url_decode(text: str) -> bytes:
    if not re.match(r"^[A-Za-z0-9_-]*$", text):
        raise ValueError("a letter that is none")
    data = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    if base64.urlsafe_b64encode(data).rstrip(b"=") != text.rstrip("\n").encode():
        raise ValueError("another spelling")
    return data
