"""Look at the right clock, through a small window."""

import hmac

from flask import Request

from labsrv.kit.factors import STEP_SECONDS, Factor


def time_of(request: Request, now: float) -> float:
    """Return the time at which a code is looked at; `now` is the server's, in seconds since the epoch."""
    # The server has a clock that no visitor can set.
    return now


def step_of(factor: Factor, typed: str, now: float) -> int | None:
    """Return the time step whose code was typed, or None. `factor.code_at(step)` is the code of a step."""
    if not (len(typed) == 6 and typed.isascii() and typed.isdecimal()):
        return None

    # Two steps, and no more: this one, and the one before for those who type slowly.
    step = int(now) // STEP_SECONDS
    for each in (step, step - 1):
        if hmac.compare_digest(factor.code_at(each), typed):
            return each

    return None
