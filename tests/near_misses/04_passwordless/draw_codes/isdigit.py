"""Caught by: test_nothing_else_is_a_code. `isdigit` knows the digits of every script, and raised ones."""

import secrets


def new_code() -> str:
    return f"{secrets.randbelow(1_000_000):06}"


def read_code(text: str) -> str | None:
    return text if len(text) == 6 and text.isdigit() else None
