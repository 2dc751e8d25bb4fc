"""Caught by: test_a_code_has_six_digits. `isdigit` says yes to digits of every script, and `compare_digest`
raises.
"""

import hmac

from flask import Request

from labsrv.kit.factors import STEP_SECONDS, Factor


def time_of(request: Request, now: float) -> float:
    return now


def step_of(factor: Factor, typed: str, now: float) -> int | None:
    if len(typed) != 6 or not typed.isdigit():
        return None
    step = int(now) // STEP_SECONDS
    for each in (step, step - 1):
        if hmac.compare_digest(factor.code_at(each), typed):
            return each
    return None
