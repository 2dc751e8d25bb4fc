"""Caught by: test_nothing_else_is_taken_for_the_same. Who doubles a letter by mistake is let in, and so is who never
did.
"""

import re
import unicodedata


def prepare(password: str) -> str:
    return re.sub(r"(.)\1+", r"\1", unicodedata.normalize("NFC", password))
