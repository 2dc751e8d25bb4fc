"""Caught by: test_nothing_else_is_a_code. Kind to those who paste: two texts are one code again."""

import re
import secrets


def new_code() -> str:
    return f"{secrets.randbelow(1_000_000):06}"


def read_code(text: str) -> str | None:
    text = text.strip()
    return text if re.fullmatch("[0-9]{6}", text) else None
