"""Caught by: test_nothing_else_is_taken_for_the_same. Folding the case is what one does to names."""

import unicodedata


def prepare(password: str) -> str:
    return unicodedata.normalize("NFC", password.casefold())
