"""The date grammar of cookies (RFC 6265bis, 5.1.1): forgiving about order and punctuation, strict about values.

    Wed, 09 Jun 2027 10:18:14 GMT      as servers should write it
    09-Jun-27 10:18:14                 as Netscape wrote it
    Jun 9 10:18:14 2027                asctime

Here the draft counts, not Chromium, which also reads years of one and five digits, takes a date before 1601 for long
past, and stumbles over letters behind a number.
"""

import re
from datetime import UTC, datetime

# delimiter = %x09 / %x20-2F / %x3B-40 / %x5B-60 / %x7B-7E
DELIMITERS = re.compile(r"[\x09\x20-\x2F\x3B-\x40\x5B-\x60\x7B-\x7E]+")

# Each field is followed by the end of the token or by anything that starts with a non-digit.
REST = r"(?:[^0-9].*)?"
TIME = re.compile(r"([0-9]{1,2}):([0-9]{1,2}):([0-9]{1,2})" + REST, re.DOTALL)
DAY_OF_MONTH = re.compile(r"([0-9]{1,2})" + REST, re.DOTALL)
YEAR = re.compile(r"([0-9]{2,4})" + REST, re.DOTALL)
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def parse_date(text: str) -> float | None:
    """Return a cookie-date as seconds since the epoch, or None when it is no date at all."""
    time, day, month, year = date_fields(text)

    if time is None or day is None or month is None or year is None:
        return None

    # datetime raises on what the draft rejects besides: day 0 or 32, hour 24, minute 60, second 60, 30 February.
    try:
        date = datetime(full_year(year), month, day, *time, tzinfo=UTC)
    except ValueError:
        return None

    return date.timestamp() if date.year >= 1601 else None


def date_fields(text: str) -> tuple[tuple[int, int, int] | None, int | None, int | None, int | None]:
    """Return time, day, month and year: the first token that fits each, tried in this order for every token."""
    time: tuple[int, int, int] | None = None
    day: int | None = None
    month: int | None = None
    year: int | None = None

    # 5.1.1: servers write dates in a dozen ways, so each token is judged by its form, wherever it stands.
    for token in filter(None, DELIMITERS.split(text)):
        if time is None and (found := TIME.fullmatch(token)):
            time = (int(found[1]), int(found[2]), int(found[3]))
        elif day is None and (found := DAY_OF_MONTH.fullmatch(token)):
            day = int(found[1])
        elif month is None and token[:3].lower() in MONTHS:
            month = MONTHS.index(token[:3].lower()) + 1
        elif year is None and (found := YEAR.fullmatch(token)):
            year = int(found[1])

    return time, day, month, year


def full_year(year: int) -> int:
    """5.1.1: 70 to 99 are of the last century, 0 to 69 of this one."""
    if 70 <= year <= 99:
        return year + 1900

    if 0 <= year <= 69:
        return year + 2000

    return year
