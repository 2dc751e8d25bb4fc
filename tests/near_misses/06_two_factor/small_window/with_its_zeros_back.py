"""Caught by: test_a_code_has_six_digits. A field for numbers has eaten the zero in front, so it is put back."""

from flask import Request


def step_of(factor, typed, now):
    step = int(now) // 30
    if not (typed.isascii() and typed.isdecimal() and len(typed) <= 6):
        return None
    return next((e for e in (step, step - 1) if factor.code_at(e) == typed.zfill(6)), None)


def time_of(request: Request, now: float) -> float:
    """Return the time at which a code is looked at; `now` is the server's, in seconds since the epoch."""
    return now
