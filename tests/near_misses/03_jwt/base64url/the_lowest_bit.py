"""Caught by: test_stray_bits_are_refused. One stray bit at the end is looked for; there may be four."""

import base64
import re

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"


def base64url_decode(text: str) -> bytes:
    if not re.fullmatch(r"[A-Za-z0-9_-]*", text) or len(text) % 4 == 1:
        raise ValueError("no base64url")
    if len(text) % 4 and LETTERS.index(text[-1]) & 1:
        raise ValueError("a stray bit")
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
