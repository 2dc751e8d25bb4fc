"""Caught by: test_the_end_counts. It cuts after 72 characters in place of 72 bytes."""

import unicodedata


def prepare(password: str) -> str:
    return unicodedata.normalize("NFC", password)[:72]
