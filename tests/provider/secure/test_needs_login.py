"""When somebody shows again who they are."""

from datetime import UTC, datetime, timedelta

import pytest

from labsrv.provider.secure.needs_login import needs_login

NOW = datetime(2030, 1, 1, tzinfo=UTC)
ROWS = {
    # session's age in seconds, what is asked, proved in this request: does the page come?
    "nobody is there": (None, {}, False, True),
    "a session": (3600, {}, False, False),
    "prompt=login": (3600, {"prompt": "login"}, False, True),
    "prompt=login, done": (5, {"prompt": "login"}, True, False),
    "prompt=login, a moment old and not done": (0, {"prompt": "login"}, False, True),
    "login among others": (0, {"prompt": "consent login"}, False, True),
    "a word that has login in it": (0, {"prompt": "nologin"}, False, False),
    "at the limit": (300, {"max_age": "300"}, False, False),
    "beyond it": (300.001, {"max_age": "300"}, False, True),
    "no age at all": (1, {"max_age": "0"}, False, True),
    "no age at all, done": (1, {"max_age": "0"}, True, False),
}


@pytest.mark.parametrize(("age", "asked", "proved", "comes"), ROWS.values(), ids=ROWS)
def test_when_the_page_comes(age, asked, proved, comes):
    session = None if age is None else {"auth_time": NOW - timedelta(seconds=age)}

    assert needs_login(session, asked, proved, NOW) is comes
