"""Caught by: test_a_code_is_read_as_it_is. Compares numbers: codes that begin with zeros are read shorter."""

import re
import secrets


def new_code() -> str:
    return f"{secrets.randbelow(1_000_000):06}"


def read_code(text: str) -> str | None:
    return str(int(text)) if re.fullmatch("[0-9]{6}", text) else None
