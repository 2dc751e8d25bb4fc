"""Composes only what is not composed yet."""

import unicodedata


def prepare(password: str) -> str:
    return password if unicodedata.is_normalized("NFC", password) else unicodedata.normalize("NFC", password)
