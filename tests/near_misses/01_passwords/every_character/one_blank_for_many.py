"""Caught by: test_nothing_else_is_taken_for_the_same. Browsers show many blanks as one; a password is not shown."""

import re
import unicodedata


def prepare(password: str) -> str:
    return re.sub(" +", " ", unicodedata.normalize("NFC", password))
