"""Caught by: test_another_keyboard_will_do. Composing takes time, and so long passwords are left as they came."""

import unicodedata


def prepare(password: str) -> str:
    return unicodedata.normalize("NFC", password) if len(password) <= 64 else password
