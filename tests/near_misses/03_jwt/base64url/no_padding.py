"""Caught by: test_another_spelling_is_refused. The standard forbids padding; it forbids more than that."""

import base64


def base64url_decode(text: str) -> bytes:
    if "=" in text:
        raise ValueError("no padding")
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
