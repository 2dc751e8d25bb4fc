"""Read a code as it was sent, and in no other way."""

import re

CODE = re.compile(r"[0-9]{6}", re.ASCII)


def read_code(text: str) -> str | None:
    """Return the text if it is six ASCII digits, else None."""
    return text if CODE.fullmatch(text) else None
