"""Caught by: test_nobody_draws_it_along. A million moments a second, and a computer tries them all."""

import random
import re
import time


def new_code() -> str:
    return f"{random.Random(time.time()).randrange(1_000_000):06}"


def read_code(text: str) -> str | None:
    return text if re.fullmatch("[0-9]{6}", text) else None
