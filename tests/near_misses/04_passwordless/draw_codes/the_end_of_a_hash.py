"""Caught by: test_each_of_the_million_can_come. Sixteen random bits reach no further than 065535."""

import re
import secrets


def new_code() -> str:
    return f"{int.from_bytes(secrets.token_bytes(2)):06}"


def read_code(text: str) -> str | None:
    return text if re.fullmatch("[0-9]{6}", text) else None
