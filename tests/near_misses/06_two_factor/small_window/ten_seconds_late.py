"""Caught by: test_who_types_slowly_gets_in. Ten seconds are long enough for those who type slowly, it says."""

import hmac

from flask import Request


def step_of(factor, typed, now):
    if not (len(typed) == 6 and typed.isascii() and typed.isdecimal()):
        return None
    for e in sorted({int(now) // 30, int(now - 10) // 30}):
        if hmac.compare_digest(factor.code_at(e), typed):
            return e
    return None


def time_of(request: Request, now: float) -> float:
    """Return the time at which a code is looked at; `now` is the server's, in seconds since the epoch."""
    return now
