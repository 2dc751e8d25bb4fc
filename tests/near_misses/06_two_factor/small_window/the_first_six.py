"""Caught by: test_a_code_has_six_digits. What comes after six digits is left out."""

from flask import Request


def step_of(factor, typed, now):
    step = int(now) // 30
    return next((e for e in (step, step - 1) if factor.code_at(e) == typed[:6]), None)


def time_of(request: Request, now: float) -> float:
    """Return the time at which a code is looked at; `now` is the server's, in seconds since the epoch."""
    return now
