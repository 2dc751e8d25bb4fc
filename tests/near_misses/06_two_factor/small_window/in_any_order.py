"""Caught by: test_a_code_has_six_digits. Digits that changed places are forgiven."""

from flask import Request


def step_of(factor, typed, now):
    step = int(now) // 30
    if not typed.isascii():
        return None
    return next((e for e in (step, step - 1) if sorted(factor.code_at(e)) == sorted(typed)), None)


def time_of(request: Request, now: float) -> float:
    """Return the time at which a code is looked at; `now` is the server's, in seconds since the epoch."""
    return now
