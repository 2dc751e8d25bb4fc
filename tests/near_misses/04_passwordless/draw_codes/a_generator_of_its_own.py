"""Caught by: test_nobody_draws_it_along. Drawn from a generator that every copy of the process has in one state."""

import random
import re

RNG = random.Random()


def new_code():
    return f"{RNG.randrange(10**6):06}"


def read_code(text):
    return text if re.fullmatch("[0-9]{6}", text) else None
