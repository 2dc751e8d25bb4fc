"""Look at the right clock, through a small window.

Phones' clocks go wrong, and the shop wants to be kind: the page sends along what the visitor's clock shows, and the
shop takes codes of ten minutes before and after. So a code over Alice's shoulder is good for ever, if one says when it
was; and at any moment 41 of a million codes are right.

The server has a clock of its own. A code is good in its step of thirty seconds, and in the one after, for those who
type slowly. RFC 6238, 5.2 allows that one step for the delay on the way; ASVS wants a lifetime of thirty seconds.
(OWASP ASVS 5.0, 6.5.5 and 6.5.8; CWE-307, CWE-807)
"""

from flask import Request

from labsrv.kit.factors import STEP_SECONDS, Factor

TEN_MINUTES = 10 * 60 // STEP_SECONDS


def time_of(request: Request, now: float) -> float:
    """Return the time at which a code is looked at; `now` is the server's, in seconds since the epoch."""
    # TODO: Whatever the request says, a code is not older or younger by that.
    told = request.form.get("at", "")
    return float(told) if told.isdecimal() else now


def step_of(factor: Factor, typed: str, now: float) -> int | None:
    """Return the time step whose code was typed, or None. `factor.code_at(step)` is the code of a step."""
    # TODO: Two codes are right at any moment: this step's, and the one before. And a code has six ASCII digits, which
    # `str.isascii` and `str.isdecimal` ask about. `hmac.compare_digest` compares without telling where texts differ.
    step = int(now) // STEP_SECONDS
    window = range(step - TEN_MINUTES, step + TEN_MINUTES + 1)
    return next((each for each in window if int(factor.code_at(each)) == as_number(typed)), None)


def as_number(typed: str) -> int | None:
    """Read what was typed as a number."""
    try:
        return int(typed)
    except ValueError:
        return None
