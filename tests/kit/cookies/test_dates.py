"""RFC 6265bis, 5.1.1: what a browser takes for a date, row by row."""

from datetime import UTC, datetime
from typing import NamedTuple

import pytest

from labsrv.kit.cookies.dates import parse_date


class Row(NamedTuple):
    section: str
    name: str
    text: str
    expected: str | None


BIRTHDAY = "2027-06-09T10:18:14"

ROWS = [
    Row("5.1.1", "as servers should write it", "Wed, 09 Jun 2027 10:18:14 GMT", BIRTHDAY),
    Row("5.1.1", "with dashes and a long weekday", "Wednesday, 09-Jun-27 10:18:14 GMT", BIRTHDAY),
    Row("5.1.1", "as asctime writes it", "Wed Jun  9 10:18:14 2027", BIRTHDAY),
    Row("5.1.1", "the bare minimum, in any order", "2027 jun 9 10:18:14", BIRTHDAY),
    Row(
        "5.1.1", "the first number of two digits is the day, not the year", "27 Jun 09 10:18:14", "2009-06-27T10:18:14"
    ),
    Row("5.1.1", "a month in capitals, written out", "9 JUNE 2027 10:18:14", BIRTHDAY),
    Row("5.1.1", "a month counts by its first three letters", "9 Junk 2027 10:18:14", BIRTHDAY),
    Row("5.1.1", "a month of two letters", "9 Ju 2027 10:18:14", None),
    Row("5.1.1", "the zone is not read: all times are UTC", "Wed, 09 Jun 2027 10:18:14 +0200", BIRTHDAY),
    Row("5.1.1", "every delimiter separates", "9\t!#%&'()*Jun+,-./2027;<=>?@[\\]^_`{|}~10:18:14", BIRTHDAY),
    Row("5.1.1", "a colon does not separate", "9:Jun:2027 10:18:14", None),
    Row("5.1.1", "a letter after a field belongs to its token", "9th Junx 2027AD 10:18:14Z", BIRTHDAY),
    Row("5.1.1", "a byte over 7F is no delimiter", "9\xa0Jun\xa02027 10:18:14", None),
    Row("5.1.1", "hours, minutes and seconds of one digit", "9 Jun 2027 1:2:3", "2027-06-09T01:02:03"),
    Row("5.1.1", "a time of two fields", "9 Jun 2027 10:18", None),
    Row("5.1.1", "a second of three digits", "9 Jun 2027 10:18:140", None),
    Row("5.1.1", "a day of three digits", "009 Jun 2027 10:18:14", None),
    Row("5.1.1", "a year of five digits", "9 Jun 20270 10:18:14", None),
    Row("5.1.1", "a year of one digit", "9 Jun 7 10:18:14", None),
    Row("5.1.1", "digits of another script are no digits", "٩ Jun 2027 10:18:14", None),
    Row("5.1.1", "no time", "9 Jun 2027", None),
    Row("5.1.1", "no day", "Jun 2027 10:18:14", None),
    Row("5.1.1", "no month", "9 2027 10:18:14", None),
    Row("5.1.1", "no year", "9 Jun 10:18:14", None),
    Row("5.1.1", "nothing", "", None),
    Row("5.1.1", "words", "tomorrow", None),
    Row("5.1.1", "year 70 is 1970", "9 Jun 70 10:18:14", "1970-06-09T10:18:14"),
    Row("5.1.1", "year 99 is 1999", "9 Jun 99 10:18:14", "1999-06-09T10:18:14"),
    Row("5.1.1", "year 00 is 2000", "9 Jun 00 10:18:14", "2000-06-09T10:18:14"),
    Row("5.1.1", "year 69 is 2069", "9 Jun 69 10:18:14", "2069-06-09T10:18:14"),
    Row("5.1.1", "year 100 is too early", "9 Jun 100 10:18:14", None),
    Row("5.1.1", "year 1600 is too early", "31 Dec 1600 23:59:59", None),
    Row("5.1.1", "year 1601 is the first", "1 Jan 1601 00:00:00", "1601-01-01T00:00:00"),
    Row("5.1.1", "year 9999 is the last", "31 Dec 9999 23:59:59", "9999-12-31T23:59:59"),
    Row("5.1.1", "day 0", "0 Jun 2027 10:18:14", None),
    Row("5.1.1", "day 31 of a month with 31", "31 May 2027 10:18:14", "2027-05-31T10:18:14"),
    Row("5.1.1", "day 31 of a month with 30", "31 Jun 2027 10:18:14", None),
    Row("5.1.1", "day 32", "32 May 2027 10:18:14", None),
    Row("5.1.1", "29 February in a leap year", "29 Feb 2028 10:18:14", "2028-02-29T10:18:14"),
    Row("5.1.1", "29 February in another year", "29 Feb 2027 10:18:14", None),
    Row("5.1.1", "hour 23, minute 59, second 59", "9 Jun 2027 23:59:59", "2027-06-09T23:59:59"),
    Row("5.1.1", "hour 24", "9 Jun 2027 24:00:00", None),
    Row("5.1.1", "minute 60", "9 Jun 2027 23:60:00", None),
    Row("5.1.1", "second 60: there are no leap seconds", "9 Jun 2027 23:59:60", None),
    Row("5.1.1", "the first time counts, the second is no field", "10:18:14 9 Jun 2027 11:11:11", BIRTHDAY),
    Row("5.1.1", "the first month counts", "9 Jun Jul 2027 10:18:14", BIRTHDAY),
    Row("5.1.1", "the first year counts", "9 Jun 2027 2028 10:18:14", BIRTHDAY),
]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.section} {row.name}")
def test_a_cookie_date(row: Row):
    """Each text is the date that the grammar makes of it, or none."""
    expected = datetime.fromisoformat(row.expected).replace(tzinfo=UTC).timestamp() if row.expected else None

    assert parse_date(row.text) == expected
