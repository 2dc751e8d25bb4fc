"""It matches a pattern, and compares with both codes whichever fits."""

import hmac
import re


def time_of(request, now):
    return float(now)


def step_of(factor, typed, now):
    if re.fullmatch("[0-9]{6}", typed) is None:
        return None
    step = int(now // 30)
    found = [each for each in (step - 1, step) if hmac.compare_digest(factor.code_at(each).encode(), typed.encode())]
    return found[-1] if found else None
