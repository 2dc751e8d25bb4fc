"""Caught by: test_other_codes_do_not. One step for the slow, and five seconds for the network."""

import hmac

from flask import Request


def step_of(factor, typed, now):
    if not (len(typed) == 6 and typed.isascii() and typed.isdecimal()):
        return None
    for e in range(int(now - 35) // 30, int(now) // 30 + 1):
        if hmac.compare_digest(factor.code_at(e), typed):
            return e
    return None


def time_of(request: Request, now: float) -> float:
    """Return the time at which a code is looked at; `now` is the server's, in seconds since the epoch."""
    return now
