"""Encodes to ASCII first, decodes strictly with the library's own checks, and lets its errors through."""

import base64
import binascii


def base64url_decode(text: str) -> bytes:
    raw = text.encode("ascii")
    if set(raw) & set(b"+/="):
        raise ValueError("another alphabet, or padding")
    try:
        data = base64.b64decode(raw + b"=" * (-len(raw) % 4), altchars=b"-_", validate=True)
    except binascii.Error as error:
        raise ValueError(str(error)) from error
    if base64.urlsafe_b64encode(data).removesuffix(b"=").removesuffix(b"=") == raw:
        return data
    raise ValueError("bits are left over")
