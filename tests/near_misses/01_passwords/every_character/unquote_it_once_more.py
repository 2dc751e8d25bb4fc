"""Caught by: test_nothing_else_is_taken_for_the_same. The form was decoded already, and %41 was typed as it stands."""

import unicodedata
import urllib.parse


def prepare(password: str) -> str:
    return urllib.parse.unquote(unicodedata.normalize("NFC", password))
