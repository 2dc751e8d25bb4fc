"""Caught by: test_each_of_the_million_can_come. A million of what a little more than a million begin with: those come
twice as often.
"""

import re
import secrets


def new_code():
    return f"{secrets.randbits(20) % 10**6:06}"


def read_code(text):
    return text if re.fullmatch("[0-9]{6}", text) else None
