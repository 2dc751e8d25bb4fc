"""Caught by: test_nobody_tells_the_shop_the_time. It believes the form, but only where the two clocks are near."""

from flask import Request

from labsrv.kit.factors import STEP_SECONDS, Factor


def time_of(request: Request, now: float) -> float:
    told = request.form.get("at", "")
    return float(told) if told.isdecimal() and abs(float(told) - now) <= STEP_SECONDS else now


def step_of(factor: Factor, typed: str, now: float) -> int | None:
    step = int(now) // STEP_SECONDS
    return next((each for each in (step, step - 1) if factor.code_at(each) == typed), None)
