"""Caught by: test_nobody_tells_the_shop_the_time. A phone may be wrong by a day, not by more; an hour is less."""

import hmac

from flask import Request

from labsrv.kit.factors import STEP_SECONDS, Factor


def time_of(request: Request, now: float) -> float:
    told = float(request.form.get("at") or now)
    return told if abs(told - now) < 86_400 else now


def step_of(factor: Factor, typed: str, now: float) -> int | None:
    if not (len(typed) == 6 and typed.isascii() and typed.isdecimal()):
        return None
    step = int(now) // STEP_SECONDS
    for each in (step, step - 1):
        if hmac.compare_digest(factor.code_at(each), typed):
            return each
    return None
