"""Charts by their traits: two pictures, and the numbers in words."""

import base64

import pytest

from labsrv.widgets import Bars, Dots, Lines


def drawn(picture):
    """Return an SVG picture's source."""
    head, _, body = picture.partition(",")
    assert head == "data:image/svg+xml;base64"
    return base64.b64decode(body).decode()


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


def test_bars_say_their_numbers(bars):
    assert bars.as_text().splitlines() == [
        "Guesses",
        "MD5          1,230,000 a second",
        "argon2id          16.2 a second",
    ]
    assert bars.said == "Guesses: from 1,230,000 a second (MD5) down to 16.2 (argon2id), a factor of 76,000."
    assert repr(bars) == bars.as_text()


def test_a_bar_is_there_as_soon_as_it_is_added():
    bars = Bars("Guesses", "a second")
    assert bars.light == "" and bars.as_text() == "Guesses"

    bars.add("MD5", 1_000)
    one = bars.light
    bars.add("argon2id", 10)
    assert one and bars.light != one


def test_a_line_below_one_is_not_called_nothing():
    written = drawn(Bars("Guesses", "a second", {"MD5": 20.0, "argon2id": 0.2}).light)

    # Words are drawn as shapes, each with what it says in a comment before it.
    assert "<!-- 0.1 -->" in written and "<!-- 10 -->" in written and "<!-- 0 -->" not in written


def test_dots_say_their_medians(dots):
    assert dots.said == "Answers: customers 65 ms, strangers 2.25 ms."
    assert "customers  median      65 ms  (from 60 to 71.2, 3 answers)" in dots.as_text()


@pytest.mark.parametrize("chart", ["bars", "dots", "lines"])
def test_each_ground_has_its_ink(chart, request):
    chart = request.getfixturevalue(chart)
    light, dark = drawn(chart.light), drawn(chart.dark)

    assert "#212121" in light and "#e6e6e6" in dark and "#212121" not in dark
    assert "#0072b2" in light and "#56b4e9" in dark


def test_groups_differ_by_form_as_well_as_by_colour(dots):
    # Each form of a dot is drawn once and used many times.
    assert drawn(dots.light).count("<use") >= 5
    assert "#b34a00" in drawn(dots.light)


def test_lines_say_where_they_end(lines):
    assert lines.said == "Chance: after 100 days: no limit 100 %; five 9.5 %."
    assert lines.as_text().splitlines() == [
        "Chance",
        "no limit   65.1 % after 10 days,   100 % after 100 days,   100 % after 100 days",
        "five          1 % after 10 days,   9.5 % after 100 days,   9.5 % after 100 days",
    ]


def test_lines_differ_by_dashes_and_marks_as_well_as_by_colour(lines):
    assert "stroke-dasharray" in drawn(lines.light)
    assert "#0072b2" in drawn(lines.light) and "#b34a00" in drawn(lines.light)
