"""Caught by: test_nothing_else_is_taken_for_the_same. Blanks at the ends look like a slip, and belong to the
password.
"""

import unicodedata


def prepare(password: str) -> str:
    return unicodedata.normalize("NFC", password.strip())
