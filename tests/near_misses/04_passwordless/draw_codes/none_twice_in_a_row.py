"""Caught by: test_each_of_the_million_can_come. No digit stands beside itself: half of the codes never come."""

import re
import secrets


def new_code():
    while True:
        c = f"{secrets.randbelow(10**6):06}"
        if not re.search(r"(.)\1", c):
            return c


def read_code(text):
    return text if re.fullmatch("[0-9]{6}", text) else None
