"""Caught by: test_each_of_the_million_can_come. Any of the million, written as short as it comes, and read so too."""

import re
import secrets


def new_code() -> str:
    return str(secrets.randbelow(1_000_000))


def read_code(text: str) -> str | None:
    return text if re.fullmatch("[0-9]{1,6}", text) else None
