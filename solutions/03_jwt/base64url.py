"""Read base64url in its one spelling."""

import base64


def base64url_decode(text: str) -> bytes:
    """Return the bytes that a text of base64url without padding stands for, or raise `ValueError`."""
    data = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))

    # The way back shows whether this was the one spelling: alphabet, padding and stray bits in one comparison.
    if base64.urlsafe_b64encode(data).decode().rstrip("=") == text:
        return data

    raise ValueError("That is not the one way to write these bytes.")
