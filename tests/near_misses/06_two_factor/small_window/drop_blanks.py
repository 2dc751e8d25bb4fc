"""Caught by: test_a_code_has_six_digits. Apps show a blank in the middle, and people copy it. The shop says six
digits.
"""

import hmac

from flask import Request

from labsrv.kit.factors import STEP_SECONDS, Factor


def time_of(request: Request, now: float) -> float:
    return now


def step_of(factor: Factor, typed: str, now: float) -> int | None:
    typed = typed.replace(" ", "")
    if not (len(typed) == 6 and typed.isascii() and typed.isdecimal()):
        return None
    step = int(now) // STEP_SECONDS
    for each in (step, step - 1):
        if hmac.compare_digest(factor.code_at(each), typed):
            return each
    return None
