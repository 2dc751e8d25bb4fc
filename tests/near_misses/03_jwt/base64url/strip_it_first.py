"""Caught by: test_another_spelling_is_refused. What stands at the ends is left out: so there are many texts."""

import base64


def base64url_decode(text: str) -> bytes:
    text = text.strip()
    data = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    if base64.urlsafe_b64encode(data).decode().rstrip("=") != text:
        raise ValueError("another spelling")
    return data
