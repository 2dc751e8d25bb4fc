"""Caught by: test_another_keyboard_will_do. It knows the letters of its author's own language."""

import unicodedata


def prepare(password: str) -> str:
    for one in "éèàüöäÉÈÀÜÖÄ":
        password = password.replace(unicodedata.normalize("NFD", one), one)
    return password
