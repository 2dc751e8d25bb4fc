"""Caught by: test_another_keyboard_will_do. Nothing is cut off any more, and the other keyboard still shuts
people out.
"""


def prepare(password: str) -> str:
    return password
