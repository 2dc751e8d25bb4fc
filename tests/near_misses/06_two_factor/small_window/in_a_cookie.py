"""Caught by: test_nobody_tells_the_shop_the_time. The cookie says what the clock showed when the page came; a visitor
has it in hand.
"""

import hmac

from labsrv.kit.factors import STEP_SECONDS, Factor


def time_of(request, now):
    told = request.cookies.get("time", "")
    return float(told) if told.isdecimal() else now


def step_of(factor: Factor, typed: str, now: float) -> int | None:
    """Return the time step whose code was typed, or None. `factor.code_at(step)` is the code of a step."""
    if not (len(typed) == 6 and typed.isascii() and typed.isdecimal()):
        return None
    step = int(now) // STEP_SECONDS
    for each in (step, step - 1):
        if hmac.compare_digest(factor.code_at(each), typed):
            return each
    return None
