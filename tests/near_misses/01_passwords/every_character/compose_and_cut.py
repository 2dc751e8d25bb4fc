"""Caught by: test_the_end_counts. Two keyboards will do now, and the end is still cut off."""

import unicodedata


def prepare(password: str) -> str:
    return unicodedata.normalize("NFC", password).encode()[:72].decode(errors="ignore")
