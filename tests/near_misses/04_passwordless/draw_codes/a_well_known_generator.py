"""Caught by: test_nobody_draws_it_along. Even, with zeros, from a generator that can be run along."""

import random
import re


def new_code() -> str:
    return f"{random.randrange(1_000_000):06}"


def read_code(text: str) -> str | None:
    return text if re.fullmatch("[0-9]{6}", text) else None
