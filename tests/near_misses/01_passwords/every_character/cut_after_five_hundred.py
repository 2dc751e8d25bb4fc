"""Caught by: test_the_end_counts. Nobody remembers more than five hundred characters; a file of keys has more."""

import unicodedata


def prepare(password: str) -> str:
    return unicodedata.normalize("NFC", password)[:512]
