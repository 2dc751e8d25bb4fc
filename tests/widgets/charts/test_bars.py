"""Bars and dots by their traits: the numbers in words, and forms that tell groups apart."""

from labsrv.widgets import Bars
from tests.widgets.charts.drawn import drawn


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


def test_groups_differ_by_form_as_well_as_by_colour(dots):
    # Each form of a dot is drawn once and used many times.
    assert drawn(dots.light).count("<use") >= 5
    assert "#b34a00" in drawn(dots.light)
