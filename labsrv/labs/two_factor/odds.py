"""How likely a code is guessed: computed for the charts, and looked up beforehand for attacks that want their luck.

With W of a million codes right at a time, a guess fails with 1 - W / 1,000,000, and n guesses with that to the power n.
"""

import hmac
import math
from collections.abc import Iterator

from labsrv.kit.addresses.otpauth import decode_secret
from labsrv.kit.factors import DIGITS, STEP_SECONDS

CODES = 10**DIGITS
MOST_STEPS = 1_500_000  # of thirty seconds: a year and five months


def chance(right: int, guesses: int) -> float:
    """Return the chance that one of so many guesses is right, when `right` codes are accepted at a time."""
    return 1 - (1 - right / CODES) ** guesses


def hours_to_even_odds(right: int, guesses_an_hour: float) -> float:
    """Return after how many hours of guessing Mallory is as likely in as not."""
    return math.log(0.5) / math.log(1 - right / CODES) / guesses_an_hour


def codes(secret: str, since: int) -> Iterator[tuple[int, int]]:
    """Yield (step, code as a number) from a step on: what Alice's phone is going to show."""
    key = decode_secret(secret)
    for step in range(since, since + MOST_STEPS):
        mac = hmac.digest(key, step.to_bytes(8, "big"), "sha1")
        offset = mac[-1] & 15
        yield step, (int.from_bytes(mac[offset : offset + 4], "big") & 0x7FFF_FFFF) % CODES


def lucky_step(secret: str, now: float, *, low: int, high: int, before: int, after: int) -> int:
    """Return the next step whose code is one of Mallory's guesses, from `low` up to `high`, and no code around it is.

    Mallory begins at 000000 on every day of the year. This is the day on which that works, and the director of the play
    knows it: nobody wants to watch the others. Raises `LookupError`.
    """
    candidate, quiet = 0, 0
    for step, code in codes(secret, int(now) // STEP_SECONDS + 1):
        if candidate and step > candidate + after:
            return candidate
        if code < high:
            candidate = step if low <= code and quiet > before else 0
            quiet = 0
        else:
            quiet += 1

    raise LookupError("Mallory has no luck this year.")
