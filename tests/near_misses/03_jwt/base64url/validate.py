"""Caught by: test_another_spelling_is_refused. `validate` looks at the alphabet after it was translated."""

import base64


def base64url_decode(text: str) -> bytes:
    if text != text.rstrip("="):
        raise ValueError("no padding")
    return base64.b64decode(text.translate({45: 43, 95: 47}) + "=" * (-len(text) % 4), validate=True)
