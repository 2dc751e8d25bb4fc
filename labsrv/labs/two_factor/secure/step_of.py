"""Find the time step that a code belongs to."""

import hmac

from labsrv.kit.factors import STEP_SECONDS, Factor


def step_of(factor: Factor, typed: str, now: float) -> int | None:
    """Accept this step's code and the one before, for the delay on the way (RFC 6238, 5.2; ASVS 6.5.5)."""
    if not (len(typed) == 6 and typed.isascii() and typed.isdecimal()):
        return None

    step = int(now) // STEP_SECONDS
    for each in (step, step - 1):
        if hmac.compare_digest(factor.code_at(each), typed):
            return each

    return None
