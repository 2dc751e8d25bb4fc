"""Caught by: test_nothing_else_is_a_code. `$` also stands before a line break at the end."""

import re
import secrets


def new_code() -> str:
    return f"{secrets.randbelow(1_000_000):06}"


def read_code(text: str) -> str | None:
    return text if re.match("^[0-9]{6}$", text) else None
