"""Caught by: test_another_spelling_is_refused. Both sides are compared without padding: any amount of it will do."""

import base64


def base64url_decode(text: str) -> bytes:
    data = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    if base64.urlsafe_b64encode(data).decode().rstrip("=") != text.rstrip("="):
        raise ValueError("another spelling")
    return data
