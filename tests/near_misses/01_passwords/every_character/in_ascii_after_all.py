"""Caught by: test_nothing_else_is_taken_for_the_same. The column is ASCII; an é and what HTML writes for it become
one.
"""

import unicodedata


def prepare(password: str) -> str:
    return unicodedata.normalize("NFC", password).encode("ascii", "xmlcharrefreplace").decode()
