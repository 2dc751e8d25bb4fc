"""Caught by: test_a_voucher_pays_once. It is strict but for padding, which many encoders write; so there are two
texts.
"""

import base64


def base64url_decode(text: str) -> bytes:
    text = text.rstrip("=")
    data = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    if base64.urlsafe_b64encode(data).decode().rstrip("=") != text:
        raise ValueError("not the one spelling")
    return data
