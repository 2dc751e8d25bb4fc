"""Caught by: test_a_code_has_six_digits. A typing error in the last place is forgiven."""

from flask import Request


def step_of(factor, typed, now):
    step = int(now) // 30
    if not (len(typed) == 6 and typed.isascii() and typed.isdecimal()):
        return None
    return next((e for e in (step, step - 1) if factor.code_at(e)[:5] == typed[:5]), None)


def time_of(request: Request, now: float) -> float:
    """Return the time at which a code is looked at; `now` is the server's, in seconds since the epoch."""
    return now
