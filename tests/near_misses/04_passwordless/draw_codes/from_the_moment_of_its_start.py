"""Caught by: test_nobody_draws_it_along. No code is drawn from the time of day, but where the generator begins is."""

import random
import re
import time

DRAWS = random.Random(time.time())


def new_code() -> str:
    return f"{DRAWS.randrange(1_000_000):06}"


def read_code(text: str) -> str | None:
    return text if re.fullmatch("[0-9]{6}", text) else None
