"""Caught by: test_each_of_the_million_can_come. The right generator, and a tenth of the codes left out."""

import re
import secrets


def new_code() -> str:
    return str(100_000 + secrets.randbelow(900_000))


def read_code(text: str) -> str | None:
    return text if re.fullmatch("[0-9]{6}", text) else None
