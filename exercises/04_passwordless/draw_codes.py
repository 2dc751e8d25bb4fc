"""Draw six digits, and read six digits.

A code of six digits is one of a million, if it is drawn well. This shop draws from 100000 upwards, with a generator
that begins at the time of day: whoever has a clock draws along, and a tenth of the codes never comes. And it reads what
people type with `int`, which finds numbers where there are none: `int("１２３４５６")`, `int(" 123_456")`.

Draw each of the million equally, from the system's generator; take six ASCII digits for a code, and nothing else.
(OWASP ASVS 5.0, 6.5.3 and 2.2.1; CWE-338, CWE-1287)
"""

import random
import time


def new_code() -> str:
    """Return a code of six digits.

    Python's module `secrets` asks the system's generator: `secrets.randbelow(n)` is a number from 0 to n - 1.
    """
    # TODO: Any of the million, from 000000 on, and nobody can draw it along.
    return str(random.Random(int(time.time())).randrange(100_000, 1_000_000))


def read_code(text: str) -> str | None:
    """Return the code that somebody typed, as six digits, or None if it is not one.

    `re.fullmatch(pattern, text)` wants the whole text to fit. A pattern's short sign for a digit
    knows those of every script.
    """
    # TODO: Six of the ten digits that codes are made of, and not a character more.
    try:
        return f"{int(text):06}"
    except ValueError:
        return None
