"""Takes characters apart (NFD) in place of composing them."""

import unicodedata


def prepare(password: str) -> str:
    return unicodedata.normalize("NFD", password)
