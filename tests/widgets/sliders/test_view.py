"""Sliders by their traits: a move is told with all values, and what is none changes nothing."""

import pytest

from labsrv.widgets import Slider, Sliders


@pytest.fixture
def told():
    return []


@pytest.fixture
def sliders(told):
    return Sliders({"time": Slider.time_of_day("17:45"), "clearance": Slider.number(2, 0, 5, unit="of 5")}, told.append)


def wish(view, **message):
    view.moved(view, message, [])


def test_a_move_is_told_with_all_values(sliders, told):
    wish(sliders, do="move", name="time", place=1080)

    assert told == [{"time": "18:00", "clearance": 2}] and sliders.values == told[0]
    assert [row["place"] for row in sliders.controls] == [1080, 2]


def test_each_move_is_answered_once_also_one_that_is_refused(sliders):
    before = sliders.count
    wish(sliders, do="move", name="clearance", place=3)
    wish(sliders, do="move", name="clearance", place=99)

    assert sliders.count == before + 2 and sliders.values["clearance"] == 3
    assert sliders.said.endswith("a number from 0 to 5.")


@pytest.mark.parametrize("message", [None, "move", {"do": "fly"}, {"do": "move", "name": "x", "place": 1}])
def test_what_there_is_not_is_refused_in_a_sentence(message, sliders, told):
    sliders.moved(sliders, message, [])

    assert sliders.said and not told


def test_code_moves_them_too(sliders, told):
    sliders.set("clearance", 4)
    sliders.reset()

    assert [values["clearance"] for values in told] == [4, 2]
    with pytest.raises(LookupError, match="time, clearance"):
        sliders.set("colour", 1)
    with pytest.raises(ValueError, match="23:59"):
        sliders.set("time", "25:00")


def test_what_goes_wrong_in_the_kernel_is_said_and_the_control_has_moved():
    sliders = Sliders({"on": Slider.yes_no(False)}, lambda values: 1 / 0)
    wish(sliders, do="move", name="on", place=True)

    assert sliders.said == "ZeroDivisionError: division by zero" and sliders.controls[0]["place"] is True


def test_they_say_what_they_stand_at(sliders):
    assert sliders.as_text().splitlines() == [
        "What if",
        '  time       17:45  (a time from "00:00" to "23:59")',
        "  clearance  2 of 5  (a number from 0 to 5)",
    ]


def test_more_than_one_can_oversee_are_refused():
    with pytest.raises(ValueError, match="show 20 at most"):
        Sliders({str(number): Slider.yes_no(True) for number in range(21)})
