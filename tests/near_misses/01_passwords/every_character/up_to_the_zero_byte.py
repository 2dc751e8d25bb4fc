"""Caught by: test_nothing_else_is_taken_for_the_same. What C reads of it ends there."""

import unicodedata


def prepare(password: str) -> str:
    return unicodedata.normalize("NFC", password).split("\0")[0]
