"""ClockControl by its traits: it shows lab time, moves it, and refuses what is no moment."""

from datetime import UTC, datetime, timedelta

import pytest

from labsrv.kit.clock import Clock
from labsrv.widgets.clock_control import ClockControl

HOUR = timedelta(hours=1)


@pytest.fixture
def clock():
    clock = Clock()
    yield clock
    clock.reset()


@pytest.fixture
def view(clock):
    view = ClockControl(clock)
    yield view
    view.close()


@pytest.mark.parametrize("seconds", [60, 1860, 46_800], ids=["1 min", "31 min", "13 h"])
def test_a_step_moves_time(seconds, view, clock):
    view.asked(None, {"do": "advance", "seconds": seconds}, None)

    assert clock.moved == timedelta(seconds=seconds)
    assert view.shown["moved"] == seconds and view.said == ""


def test_it_goes_to_a_moment_in_utc_and_back(view, clock):
    view.asked(None, {"do": "move_to", "when": "2031-02-03T04:05"}, None)
    assert abs(clock.now() - datetime(2031, 2, 3, 4, 5, tzinfo=UTC)) < timedelta(seconds=5)

    view.asked(None, {"do": "reset"}, None)
    assert view.shown["moved"] == 0


def test_what_code_does_to_the_clock_shows(view, clock):
    clock.advance(minutes=-5)
    assert view.shown["moved"] == -300

    Clock().advance(minutes=5)
    assert view.shown["moved"] == 0


def test_nothing_is_sent_while_it_ticks_and_looking_tells_the_time_anew(view):
    before = view.shown
    view.asked(None, {"do": "look"}, None)

    assert view.shown["count"] == before["count"] + 1 and view.shown["time"] >= before["time"]


REFUSED = {
    "no dict": None,
    "an unknown verb": {"do": "stop"},
    "a step that is none": {"do": "advance", "seconds": 61},
    "a step of a wrong kind": {"do": "advance", "seconds": "60"},
    "no date": {"do": "move_to", "when": "<b>tomorrow</b>"},
    "nothing": {"do": "move_to", "when": ""},
    "before there were cookies": {"do": "move_to", "when": "1969-12-31T23:59"},
    "after everything": {"do": "move_to", "when": "9999-12-31T23:59"},
    "a huge text": {"do": "move_to", "when": "2" * 10_000_000},
}


@pytest.mark.parametrize("wish", REFUSED.values(), ids=REFUSED)
def test_what_is_no_moment_is_refused_in_a_sentence(wish, view, clock):
    view.asked(None, wish, None)

    assert clock.moved == timedelta(0)
    assert view.said.endswith(".") and "<b>" not in view.said


def test_a_site_that_does_not_follow_is_told(view, clock):
    def late(_):
        raise TimeoutError("The site did not say that it had moved.")

    clock.listeners.append(late)
    view.asked(None, {"do": "advance", "seconds": 60}, None)

    assert view.said == "The site did not say that it had moved." and view.shown["moved"] == 60
    clock.listeners.remove(late)


def test_a_closed_view_listens_no_more(view, clock):
    view.close()

    assert not clock.listeners
