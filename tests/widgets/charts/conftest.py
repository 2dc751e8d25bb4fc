"""A chart of each kind."""

import pytest

from labsrv.widgets import Bars, Dots, Lines


@pytest.fixture
def bars():
    return Bars("Guesses", "a second", {"MD5": 1_234_567, "argon2id": 16.25})


@pytest.fixture
def dots():
    return Dots("Answers", "ms", {"customers": [60.0, 71.2, 65.0], "strangers": [2.0, 2.5]})


@pytest.fixture
def lines():
    slow, quick = [(1, 0.1), (10, 1.0), (100, 9.5)], [(1, 10.0), (10, 65.1), (100, 100.0)]
    return Lines("Chance", "days", "%", {"five": slow, "no limit": quick})
