"""Caught by: test_the_end_counts. It cuts where nobody will notice, and 128 is not all of it."""

import unicodedata


def prepare(password: str) -> str:
    return unicodedata.normalize("NFC", password)[:128]
