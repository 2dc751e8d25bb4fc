"""What a control stands at: from the front end's places to values and back, and what is refused."""

import pytest

from labsrv.widgets import Slider

NUMBER = Slider.number(2, 0, 5, unit="of 5")
TIME = Slider.time_of_day("17:45", step=5)
CHOICE = Slider.choice("office", ["office", 1, True, None])
FACT = Slider.yes_no(True)
MOMENT = Slider.time_of_day("17:45", day="2026-11-30")

PLACES = {
    "a number": (NUMBER, 3, 3),
    "both ends": (NUMBER, 5, 5),
    "midnight": (TIME, 0, "00:00"),
    "the last minute": (TIME, 1439, "23:59"),
    "a moment": (MOMENT, 1080, "2026-11-30T18:00:00Z"),
    "a choice": (CHOICE, 0, "office"),
    "nothing is a choice": (CHOICE, 3, None),
    "no": (FACT, False, False),
}
REFUSED = {
    "above": (NUMBER, 6),
    "below": (NUMBER, -1),
    "a fact for a number": (NUMBER, True),
    "a text for a number": (NUMBER, "3"),
    "no number at all": (NUMBER, float("nan")),
    "a minute that is none": (TIME, 1440),
    "half a minute": (TIME, 0.5),
    "a choice that is none": (CHOICE, 4),
    "the last choice from behind": (CHOICE, -1),
    "a number for a fact": (FACT, 1),
    "nothing": (FACT, None),
}


@pytest.mark.parametrize(("slider", "place", "value"), PLACES.values(), ids=PLACES)
def test_a_place_has_a_value_and_a_value_its_place(slider, place, value):
    assert slider.read(place) == value and type(slider.read(place)) is type(value)
    assert slider.place_of(value) == place


@pytest.mark.parametrize(("slider", "place"), REFUSED.values(), ids=REFUSED)
def test_a_place_that_there_is_not_is_refused_with_what_there_is(slider, place):
    with pytest.raises(ValueError, match="stands at"):
        slider.read(place)


def test_one_and_true_are_two_choices():
    assert (CHOICE.place_of(1), CHOICE.place_of(True)) == (1, 2)


MADE = {
    "a value outside": (lambda: Slider.number(9, 0, 5), "a number from 0 to 5"),
    "no time": (lambda: Slider.time_of_day("24:00"), "23:59"),
    "no time of a day": (lambda: Slider.time_of_day("5", day="2026-11-30"), "23:59"),
    "a choice of others": (lambda: Slider.choice("x", ["a", "b"]), "one of 'a', 'b'"),
    "a choice among nothing": (lambda: Slider.choice("x", []), "give some"),
    "upside down": (lambda: Slider.number(1, 5, 0), "goes up"),
    "no step": (lambda: Slider.number(1, 0, 5, step=0), "goes up"),
    "too fine": (lambda: Slider.number(1, 0, 5, step=1e-9), "larger step"),
    "too many choices": (lambda: Slider.choice(0, range(1000)), "60 values at most"),
    "a kind that there is not": (lambda: Slider("colour", 1), "the kinds are number, time"),
}


@pytest.mark.parametrize(("make", "words"), MADE.values(), ids=MADE)
def test_a_control_that_makes_no_sense_is_refused_in_a_sentence(make, words):
    with pytest.raises(ValueError) as raised:
        make()

    assert words in str(raised.value)


def test_a_control_is_drawn_as_plain_data():
    drawn = CHOICE.drawn("<b>\u202e", None)

    assert drawn["label"] == "<b>\\u202e" and drawn["of"] == ["office", "1", "yes", "(missing)"] and drawn["place"] == 3
