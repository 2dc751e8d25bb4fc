"""Caught by: test_another_spelling_is_refused. It refuses all that it should, with an error that is no ValueError."""

import base64


def base64url_decode(text: str) -> bytes:
    data = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    assert base64.urlsafe_b64encode(data).decode().rstrip("=") == text, "another spelling"
    return data
