"""Caught by: test_nobody_tells_the_shop_the_time. The form is not believed any more, the address still is."""

import hmac

from flask import Request

from labsrv.kit.factors import STEP_SECONDS, Factor


def time_of(request: Request, now: float) -> float:
    return float(request.args.get("at") or now)


def step_of(factor: Factor, typed: str, now: float) -> int | None:
    if not (len(typed) == 6 and typed.isascii() and typed.isdecimal()):
        return None
    step = int(now) // STEP_SECONDS
    for each in (step, step - 1):
        if hmac.compare_digest(factor.code_at(each), typed):
            return each
    return None
