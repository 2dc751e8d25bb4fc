"""Caught by: test_the_published_examples. An empty text looks like a mistake; it is how one writes no bytes."""

import base64


def base64url_decode(text: str) -> bytes:
    data = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    if data and base64.urlsafe_b64encode(data).decode().rstrip("=") == text:
        return data
    raise ValueError("not the one spelling")
