"""Caught by: test_another_spelling_is_refused. Letters and digits of every script are alphanumeric."""

import base64


def base64url_decode(text: str) -> bytes:
    if not all(each.isalnum() or each in "-_" for each in text):
        raise ValueError("not the alphabet")
    data = base64.urlsafe_b64decode(text.encode("ascii", "ignore") + b"=" * (-len(text.encode("ascii", "ignore")) % 4))
    if text.isascii() and base64.urlsafe_b64encode(data).decode().rstrip("=") != text:
        raise ValueError("stray bits")
    return data
