"""Caught by: test_nothing_else_is_a_code. It takes hyphens away, so that two texts are one code."""

import re
import secrets


def new_code():
    return f"{secrets.randbelow(1_000_000):06}"


def read_code(text):
    text = text.replace("-", "")
    return text if re.fullmatch("[0-9]{6}", text) else None
