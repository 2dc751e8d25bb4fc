"""Caught by: test_nothing_else_is_taken_for_the_same. All keyboards will do, since the accents are gone."""

import unicodedata


def prepare(password: str) -> str:
    parts = unicodedata.normalize("NFD", password)
    return "".join(each for each in parts if not unicodedata.combining(each))
