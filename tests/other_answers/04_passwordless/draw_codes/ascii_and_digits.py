"""SystemRandom draws; a code is what is ASCII, decimal and six characters long."""

from random import SystemRandom

SYSTEM = SystemRandom()


def new_code():
    return str(SYSTEM.randint(0, 999_999)).zfill(6)


def read_code(text):
    if isinstance(text, str) and text.isascii() and text.isdecimal() and len(text) == 6:
        return text
    return None
