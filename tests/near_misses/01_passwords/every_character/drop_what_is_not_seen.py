"""Caught by: test_nothing_else_is_taken_for_the_same. It drops what one cannot see: a joiner, a line end, a zero
byte, each of them typed.
"""

import unicodedata


def prepare(password: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFC", password) if unicodedata.category(c)[0] != "C")
