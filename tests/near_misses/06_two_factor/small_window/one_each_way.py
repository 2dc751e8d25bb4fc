"""Caught by: test_other_codes_do_not. Phones may be fast as well, but then the next code is right before its time."""

import hmac

from flask import Request

from labsrv.kit.factors import STEP_SECONDS, Factor


def time_of(request: Request, now: float) -> float:
    return now


def step_of(factor: Factor, typed: str, now: float) -> int | None:
    if not (len(typed) == 6 and typed.isascii() and typed.isdecimal()):
        return None
    step = int(now) // STEP_SECONDS
    for each in (step - 1, step, step + 1):
        if hmac.compare_digest(factor.code_at(each), typed):
            return each
    return None
