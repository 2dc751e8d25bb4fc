"""Caught by: test_nothing_else_is_taken_for_the_same. A telephone makes a dash of two hyphens; one who chose it so
has another password.
"""

import unicodedata


def prepare(password: str) -> str:
    return unicodedata.normalize("NFC", password).replace("\u2013", "-")
