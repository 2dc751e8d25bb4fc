"""Caught by: test_nobody_draws_it_along. Every million comes round, and whoever has a clock knows which one it is."""

import random
import re
import time


def new_code() -> str:
    return f"{random.Random(int(time.time() / 30)).randrange(1_000_000):06}"


def read_code(text: str) -> str | None:
    return text if re.fullmatch("[0-9]{6}", text) else None
