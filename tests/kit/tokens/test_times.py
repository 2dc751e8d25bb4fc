"""The times in a token are numbers, or none; a duration is said in its two largest units."""

import pytest

from labsrv.kit.tokens.times import duration, times_of


def test_times_are_numbers():
    times = times_of({"exp": 10**400, "nbf": -1.5, "iat": False})

    assert (times.exp, times.nbf, times.iat) == (1e15, -1.5, None)
    assert times.faults == ("iat is no number of seconds",)
    assert times_of({}).faults == ()


DURATIONS = {
    0: "0 s",
    0.9: "0 s",
    59: "59 s",
    60: "1 min",
    903: "15 min 3 s",
    3600: "1 h",
    90_000: "1 d 1 h",
    -61: "1 min 1 s",
}


@pytest.mark.parametrize(("seconds", "words"), DURATIONS.items())
def test_a_duration_in_its_two_largest_units(seconds, words):
    assert duration(seconds) == words
