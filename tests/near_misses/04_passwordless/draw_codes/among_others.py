"""Caught by: test_nothing_else_is_a_code. Six digits somewhere in what was typed."""

import re
import secrets


def new_code():
    return f"{secrets.randbelow(1_000_000):06}"


def read_code(text):
    m = re.search("[0-9]{6}", text)
    return m.group() if m else None
