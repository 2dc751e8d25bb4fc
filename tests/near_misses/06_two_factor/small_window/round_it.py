"""Caught by: test_who_types_slowly_gets_in. The nearest step is the next one once half of this one is over."""

import hmac

from flask import Request


def step_of(factor, typed, now):
    if not (len(typed) == 6 and typed.isascii() and typed.isdecimal()):
        return None
    step = round(now / 30)
    return next((e for e in (step, step - 1) if hmac.compare_digest(factor.code_at(e), typed)), None)


def time_of(request: Request, now: float) -> float:
    """Return the time at which a code is looked at; `now` is the server's, in seconds since the epoch."""
    return now
