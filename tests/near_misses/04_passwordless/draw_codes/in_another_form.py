"""Caught by: test_nothing_else_is_a_code. It makes ASCII of what is none, and then it is."""

import re
import secrets
import unicodedata


def new_code():
    return f"{secrets.randbelow(1_000_000):06}"


def read_code(text):
    text = unicodedata.normalize("NFKC", text)
    return text if re.fullmatch("[0-9]{6}", text) else None
