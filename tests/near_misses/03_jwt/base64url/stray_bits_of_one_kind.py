"""Caught by: test_stray_bits_are_refused. Two characters at the end are looked at; three may have bits to spare as
well.
"""

import base64
import re


def base64url_decode(text: str) -> bytes:
    if not re.fullmatch("[A-Za-z0-9_-]*", text) or (len(text) % 4 == 2 and text[-1] not in "AQgw"):
        raise ValueError("not the one spelling")
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
