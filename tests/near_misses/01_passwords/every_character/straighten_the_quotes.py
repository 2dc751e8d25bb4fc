"""Caught by: test_nothing_else_is_taken_for_the_same. A telephone curls quotation marks; one who chose them so has
another password.
"""

import unicodedata


def prepare(password: str) -> str:
    return unicodedata.normalize("NFC", password).translate({0x2018: 39, 0x2019: 39, 0x201C: 34, 0x201D: 34})
