"""Read base64url as it is written in tokens, and nothing that merely resembles it."""

import base64


def base64url_decode(text: str) -> bytes:
    """RFC 7515, 2, and RFC 4648, 3.3 and 3.5: no padding, no other character, no stray bits. Raises `ValueError`."""
    data = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))

    # Python's decoder skips what it does not know: only the way back shows whether this is the one spelling.
    if base64.urlsafe_b64encode(data).decode().rstrip("=") == text:
        return data

    raise ValueError("That is not the one way to write these bytes.")
