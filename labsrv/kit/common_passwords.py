"""Passwords that everybody tries first: the 30,000 most common ones, from zxcvbn's list, in lower case."""

import re
import string

from zxcvbn.frequency_lists import FREQUENCY_LISTS  # type: ignore[import-untyped]

COMMON = frozenset(FREQUENCY_LISTS["passwords"])
FINERY = string.digits + string.punctuation + string.whitespace


def most_common(many: int) -> list[str]:
    """Return that many of them, the most common first."""
    return list(FREQUENCY_LISTS["passwords"][:many])


def bare(password: str) -> str:
    """Return a password without its finery: capitals, digits and signs around it, and what only repeats it.

    bare("!Dragon-dragon-dragon99") is "dragon".
    """
    word = password.casefold().strip(FINERY)
    repeated = re.fullmatch(r"(.{3,64}?)(?:[\W\d_]*\1)+", word[:256], re.DOTALL)
    return repeated[1] if repeated else word
